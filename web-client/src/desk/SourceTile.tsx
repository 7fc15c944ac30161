import { IconMicrophoneOff } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { LiveState } from '#protocol/live-state.ts';
import { PictureBox } from '../classroom/PictureBox.tsx';
import type { LessonSession, LessonSnapshot } from '../lesson/session.ts';
import { measure } from '../theme/tokens.ts';
import { join } from '../ui/class-names.ts';
import { BOARD } from './arrange.ts';
import { LevelBar } from './LevelBar.tsx';
import { BoardPicture } from './place.tsx';
import styles from './SourceTile.module.css';
import type { DeskSource } from './sources.ts';

interface Props {
  session: LessonSession;
  snapshot: LessonSnapshot;
  entry: DeskSource;
  /** The number key that cuts to it; null from the tenth on. */
  digit: number | null;
  onAir: boolean;
  /** What is on air is being recorded at this moment. */
  recorded: boolean;
  hold: boolean;
  onTake: () => void;
}

/** One picture of the multiview: a touch cuts to it. */
export function SourceTile({ session, snapshot, entry, digit, onAir, recorded, hold, onTake }: Props) {
  const { t } = useTranslation();
  const { source, roomName, mic, condition, picture } = entry;
  // A camera that looks at the blackboard has the role `board` too.
  const isBoard = entry.key === BOARD;
  const what = isBoard ? t('desk.board') : feedWord(snapshot.live, entry, t);
  const name = roomName ?? what;
  return (
    <section
      className={join(styles.tile, onAir && styles.onAir, onAir && recorded && styles.live)}
      data-testid={`source-${entry.key}`}
      data-on-air={onAir}
    >
      <button
        type="button"
        className={styles.picture}
        disabled={source === null}
        aria-pressed={onAir}
        aria-label={name}
        title={digit === null ? name : `${name} · ${t('desk.key', { key: digit })}`}
        onClick={onTake}
      >
        {isBoard && source ? (
          <BoardPicture session={session} snapshot={snapshot} />
        ) : (
          <PictureBox
            picture={picture}
            hold={hold}
            label={name}
            empty={t(isBoard ? 'desk.boardEmpty' : 'desk.empty')}
            paused={t('stage.cameraOff')}
          />
        )}
        {digit !== null && <kbd className={styles.digit}>{digit}</kbd>}
        {onAir && <span className={styles.air}>{t(recorded ? 'desk.onAir' : 'desk.chosen')}</span>}
      </button>
      <div className={styles.strip}>
        <span className={styles.name} title={name}>
          {name}
        </span>
      </div>
      <div className={styles.sound}>
        {mic?.on && <LevelBar stream={mic.stream} name={name} />}
        {mic && !mic.on && (
          <span className={styles.micOff}>
            <IconMicrophoneOff size={measure.thumb} aria-hidden="true" />
            {t('desk.micOff')}
          </span>
        )}
        {condition && (
          <span className={join(styles.condition, styles[condition])}>
            {t(`desk.condition.${condition}`)}
          </span>
        )}
      </div>
    </section>
  );
}

/** The name that the teacher gave the feed, else its role's word. */
function feedWord({ steering }: LiveState, { feedId, role }: DeskSource, t: TFunction): string {
  const given = feedId === null ? undefined : steering.feedNames.get(feedId);
  return given ?? t(`presenter.feed.${role}`);
}
