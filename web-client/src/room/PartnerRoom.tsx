import { useTranslation } from 'react-i18next';
import type { RoomReadiness } from '#protocol/room-screen.ts';
import { LightMark } from '../check/LightMark.tsx';
import { join } from '../ui/class-names.ts';
import styles from './LessonNow.module.css';
import { readyWord } from './ready-word.ts';

/** One room of the lesson: its name and how far it is, as a colour, a shape and a word. */
export function PartnerRoom({ room, own, late }: { room: RoomReadiness; own: boolean; late: boolean }) {
  const { t } = useTranslation();
  const { light, word } = readyWord(room);
  return (
    <li
      className={join(styles.partner, own && styles.own)}
      data-testid={`room-${room.accountId}`}
      data-presence={room.presence}
    >
      <span className={styles.name}>
        {room.organizationName}
        {(own || room.isMaster) && (
          <small className={styles.part}>{t(own ? 'room.us' : 'room.master')}</small>
        )}
      </span>
      <span className={styles.detail}>{room.classGroupName ?? room.name}</span>
      <LightMark light={light} word={t(word)} className={styles.state} />
      {late && !own && room.presence === 'away' && room.phone && (
        <span className={styles.call}>{t('room.phone', { phone: room.phone })}</span>
      )}
    </li>
  );
}
