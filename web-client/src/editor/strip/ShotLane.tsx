import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { moveShot } from '#protocol/edit-shots.ts';
import type { Programme, Shot } from '#protocol/programme.ts';
import { shotAt } from '#protocol/shots.ts';
import { BOARD } from '../../replay/view.ts';
import { join } from '../../ui/class-names.ts';
import { usePictureName } from '../use-picture-name.ts';
import { Handle } from './Handle.tsx';
import type { LaneProps } from './lane.ts';
import styles from './Strip.module.css';

interface Props extends LaneProps {
  /** The cut in force, of all recordings. */
  shots: readonly Shot[];
  timeMs: number;
  onSeek: (ms: number) => void;
}

/** What the cut shows when. Edges are dragged; the first shot begins with the recording. */
export function ShotLane({ source, programme, shots, apply, timeAt, at, readOnly, timeMs, onSeek }: Props) {
  const { t } = useTranslation();
  const nameOf = usePictureName(source);
  const [draft, setDraft] = useState<Programme | null>(null);
  const { recordingId, durationMs } = source;
  const own = (draft?.shots ?? shots).filter((shot) => shot.recordingId === recordingId);
  const fixed = shots.filter((shot) => shot.recordingId === recordingId);
  const now = shotAt(own, recordingId, timeMs);
  return (
    <div className={styles.lane} data-testid="shot-lane">
      <span className={styles.laneName}>{t('editor.strip.shots')}</span>
      {own.map((shot, index) => {
        const end = own[index + 1]?.atMs ?? durationMs;
        const names = [...(shot.board ? [BOARD] : []), ...shot.feedIds].map(nameOf);
        return (
          <button
            key={shot.atMs}
            type="button"
            className={join(styles.shot, shot === now && styles.shotNow)}
            data-layout={shot.layout}
            data-testid={`shot-${index + 1}`}
            style={{ left: at(shot.atMs), width: at(end - shot.atMs) }}
            title={names.join(t('common.separator'))}
            onClick={() => onSeek(shot.atMs)}
          >
            <span className={styles.blockName}>{names.join(' + ')}</span>
          </button>
        );
      })}
      {!readOnly &&
        fixed.slice(1).map((shot, index) => {
          const shown = own[index + 1] ?? shot;
          return (
            <Handle
              key={shot.atMs}
              ms={shown.atMs}
              durationMs={durationMs}
              left={at(shown.atMs)}
              side="begin"
              label={t('editor.strip.shotEdge', { number: index + 2 })}
              timeAt={timeAt}
              onDrag={(ms) => setDraft(ms === null ? null : moveShot(programme, shots, shot, ms))}
              onDrop={(ms) => apply((before) => moveShot(before, shots, shot, ms))}
            />
          );
        })}
    </div>
  );
}
