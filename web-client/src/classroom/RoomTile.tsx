import { IconMicrophoneOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { measure } from '../theme/tokens.ts';
import { join } from '../ui/class-names.ts';
import type { RoomSlot } from './lesson-view.ts';
import { PictureBox } from './PictureBox.tsx';
import styles from './RoomTile.module.css';

const WORDS = { here: 'stage.online', away: 'stage.away', absent: 'stage.absent' } as const;

/** A remote classroom as the teacher sees it: its picture, its name, and whether it is there. */
export function RoomTile({ room, hold }: { room: RoomSlot; hold: boolean }) {
  const { t } = useTranslation();
  const { presence } = room;
  return (
    <section
      className={styles.tile}
      data-testid={`room-tile-${room.participantId ?? room.accountId}`}
      data-presence={presence}
      aria-label={room.name}
    >
      <div className={styles.picture}>
        <PictureBox
          picture={room.picture}
          hold={hold || presence === 'away'}
          label={room.name}
          empty={t(presence === 'absent' ? 'stage.absent' : 'stage.noPicture')}
          paused={t('stage.cameraOff')}
          cover
        />
      </div>
      <div className={styles.strip}>
        <span className={styles.name} title={`${room.name} · ${room.organizationName}`}>
          {room.name}
        </span>
        {presence === 'here' && !room.micOn && (
          <span className={styles.muted}>
            <IconMicrophoneOff size={measure.thumb} aria-hidden="true" />
            {t('stage.micOff')}
          </span>
        )}
        <span className={join(styles.state, styles[presence])}>{t(WORDS[presence])}</span>
      </div>
    </section>
  );
}
