import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RoomScreen } from '#protocol/room-screen.ts';
import { clockTime, longDate } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './RoomPage.module.css';

interface Props {
  screen: RoomScreen;
  now: number;
  offline: boolean;
}

/** Which room this is, what day and what time by the school's clock. */
export function RoomHead({ screen, now, offline }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <header className={styles.head}>
      <div className={styles.place}>
        <h1 className={styles.room}>{screen.name}</h1>
        <p className={styles.school}>{screen.organizationName}</p>
      </div>
      {offline && (
        <p className={styles.offline} role="status" data-testid="room-offline">
          <IconPlugConnectedX className={styles.mark} aria-hidden="true" />
          {t('room.offline')}
        </p>
      )}
      <div className={styles.clock}>
        <time className={styles.time}>{clockTime(now, language)}</time>
        <p className={styles.date}>{longDate(now, language)}</p>
      </div>
    </header>
  );
}
