import { IconArrowBackUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bringBack, moveEdge } from '#protocol/edit-clips.ts';
import type { Programme } from '#protocol/programme.ts';
import { measure } from '../../theme/tokens.ts';
import { duration } from '../../ui/time.ts';
import { Handle } from './Handle.tsx';
import type { LaneProps } from './lane.ts';
import styles from './Strip.module.css';

interface Props extends LaneProps {
  onSeek: (ms: number) => void;
}

/** What of the recording is shown, with edges to drag; what was cut out comes back by a touch. */
export function ClipLane({ source, programme, apply, timeAt, at, readOnly, onSeek }: Props) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<Programme | null>(null);
  const { recordingId, durationMs } = source;
  const shown = draft ?? programme;
  const own = shown.clips
    .map((clip, index) => ({ clip, index }))
    .filter(({ clip }) => clip.recordingId === recordingId);
  const edges = [
    { edge: 'fromMs' as const, side: 'begin' as const },
    { edge: 'toMs' as const, side: 'end' as const },
  ];
  return (
    <div className={styles.lane} data-testid="clip-lane">
      <span className={styles.laneName}>{t('editor.strip.clips')}</span>
      {gapsOf(
        own.map(({ clip }) => clip),
        durationMs,
      ).map(({ fromMs, toMs }) => (
        <button
          key={fromMs}
          type="button"
          className={styles.gap}
          style={{ left: at(fromMs), width: at(toMs - fromMs) }}
          disabled={readOnly}
          data-testid="cut-out"
          title={t('editor.strip.bringBack', { length: duration(toMs - fromMs) })}
          aria-label={t('editor.strip.bringBack', { length: duration(toMs - fromMs) })}
          onClick={() => apply((now) => bringBack(now, recordingId, fromMs, toMs))}
        >
          <IconArrowBackUp size={measure.icon} aria-hidden="true" />
        </button>
      ))}
      {own.map(({ clip, index }) => (
        <button
          key={`${index}-${clip.fromMs}`}
          type="button"
          className={styles.clip}
          style={{ left: at(clip.fromMs), width: at(clip.toMs - clip.fromMs) }}
          data-testid={`clip-${index + 1}`}
          onClick={(event) => onSeek(timeAt(event.clientX, true))}
        >
          <span className={styles.blockName}>
            {index + 1}
            {clip.title && ` ${clip.title}`}
          </span>
          <span className={styles.blockTime}>{duration(clip.toMs - clip.fromMs)}</span>
        </button>
      ))}
      {!readOnly &&
        own.flatMap(({ clip, index }) =>
          edges.map(({ edge, side }) => (
            <Handle
              key={`${index}-${edge}`}
              ms={clip[edge]}
              durationMs={durationMs}
              left={at(clip[edge])}
              side={side}
              label={t(`editor.strip.edge.${side}`, { number: index + 1 })}
              timeAt={timeAt}
              testId={`clip-${index + 1}-${side}`}
              onDrag={(ms) => setDraft(ms === null ? null : moveEdge(programme, index, edge, ms, durationMs))}
              onDrop={(ms) => apply((now) => moveEdge(now, index, edge, ms, durationMs))}
            />
          )),
        )}
    </div>
  );
}

/** What is not shown between clips, which may stand in another order than the recording's. */
function gapsOf(clips: readonly { fromMs: number; toMs: number }[], durationMs: number) {
  const gaps: { fromMs: number; toMs: number }[] = [];
  let end = 0;
  for (const { fromMs, toMs } of clips.toSorted((a, b) => a.fromMs - b.fromMs)) {
    if (fromMs - end >= 1) gaps.push({ fromMs: end, toMs: fromMs });
    end = toMs;
  }
  if (durationMs - end >= 1) gaps.push({ fromMs: end, toMs: durationMs });
  return gaps;
}
