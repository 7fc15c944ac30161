import { IconMicrophoneOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LiveState } from '#protocol/live-state.ts';
import { QualityLight } from '../check/QualityLight.tsx';
import { measure } from '../theme/tokens.ts';
import { join } from '../ui/class-names.ts';
import type { RoomSlot } from './lesson-view.ts';
import { PictureBox } from './PictureBox.tsx';
import styles from './RoomTile.module.css';

/** A remark stands long enough to be read between two sentences. */
const REMARK_SHOWN_MS = 45_000;

interface Props {
  room: RoomSlot;
  hold: boolean;
  live: LiveState;
  /** Server's wall ms. */
  now: number;
  /** What a touch on the picture does; without it the tile is only looked at. */
  onOpen?: (() => void) | undefined;
}

/** A remote classroom as the teacher sees it: its picture, its name, whether it is there, and what it says. */
export function RoomTile({ room, hold, live, now, onOpen }: Props) {
  const { t } = useTranslation();
  const { presence, remark, micHold } = room;
  const Frame = onOpen ? 'button' : 'div';
  return (
    <section
      className={join(styles.tile, room.onStage && styles.onStage)}
      data-on-stage={room.onStage}
      data-testid={`room-tile-${room.participantId ?? room.accountId}`}
      data-presence={presence}
      aria-label={room.name}
    >
      <Frame
        className={styles.picture}
        {...(onOpen && { type: 'button', onClick: onOpen, 'aria-label': room.name })}
      >
        <PictureBox
          picture={room.picture}
          hold={hold || presence === 'away'}
          label={room.name}
          empty={t(presence === 'absent' ? 'stage.absent' : 'stage.noPicture')}
          paused={t(micHold === 'paused' ? 'steering.held.paused' : 'stage.cameraOff')}
          cover
        />
      </Frame>
      {remark && now - remark.at < REMARK_SHOWN_MS && (
        <p className={styles.remark} role="status" data-testid="remark">
          {t(`steering.remark.${remark.remark}`)}
        </p>
      )}
      <div className={styles.strip}>
        <span className={styles.name} title={`${room.name} · ${room.organizationName}`}>
          {room.name}
        </span>
        {presence === 'here' && (!room.micOn || micHold) && (
          <span className={join(styles.muted, micHold === 'stage' && styles.listening)}>
            <IconMicrophoneOff size={measure.thumb} aria-hidden="true" />
            {micHold ? t(`steering.held.${micHold}`) : t('stage.micOff')}
          </span>
        )}
        <QualityLight room={room} live={live} now={now} />
      </div>
    </section>
  );
}
