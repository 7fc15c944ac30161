import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReplayTrack } from '#protocol/rest.ts';
import { duration } from '../ui/time.ts';
import type { CourseItem } from './course.ts';
import styles from './SeekBar.module.css';

/** Dragging jumps when the finger rests, not at every step of the way. */
const SETTLE_MS = 120;

interface Props {
  timeMs: number;
  durationMs: number;
  leader: ReplayTrack | null;
  seconds: readonly ReplayTrack[];
  course: readonly CourseItem[];
  onSeek: (ms: number) => void;
}

/** The lesson from bell to bell: where there is a picture, where the board was shown, what happened. */
export function SeekBar({ timeMs, durationMs, leader, seconds, course, onSeek }: Props) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<number | null>(null);
  useEffect(() => {
    if (draft === null) return;
    const timer = setTimeout(() => {
      onSeek(draft);
      setDraft(null);
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [draft, onSeek]);
  const shown = draft ?? timeMs;
  const at = (ms: number) => `${durationMs > 0 ? Math.max(0, Math.min(100, (ms / durationMs) * 100)) : 0}%`;
  const stretch = (fromMs: number, toMs: number) => ({ left: at(fromMs), width: at(toMs - fromMs) });
  const position = { at: duration(shown), total: duration(durationMs) };
  return (
    <div className={styles.seek}>
      <span className={styles.rail} />
      {leader?.spans.map(({ fromMs, toMs }) => (
        <span key={fromMs} className={styles.span} style={stretch(fromMs, toMs)} />
      ))}
      <span className={styles.done} style={{ width: at(shown) }} />
      {seconds.flatMap(({ trackId, spans }) =>
        spans.map(({ fromMs, toMs }) => (
          <span key={`${trackId}-${fromMs}`} className={styles.second} style={stretch(fromMs, toMs)} />
        )),
      )}
      {course.map(({ seq, atMs }) => (
        <span key={seq} className={styles.marker} style={{ left: at(atMs) }} />
      ))}
      <span className={styles.thumb} style={{ left: at(shown) }} />
      <input
        className={styles.input}
        type="range"
        min={0}
        max={Math.max(1, Math.round(durationMs))}
        step={100}
        value={Math.round(shown)}
        aria-label={t('replay.seek')}
        aria-valuetext={t('replay.position', position)}
        onChange={(event) => setDraft(Number(event.target.value))}
      />
    </div>
  );
}
