import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Span, Thumbnails } from '#protocol/rest.ts';
import { join } from '../../ui/class-names.ts';
import { duration } from '../../ui/time.ts';
import type { PlacedChapter } from '../placed-chapters.ts';
import { useChapterName } from '../use-chapter-name.ts';
import { BarPreview } from './BarPreview.tsx';
import styles from './SeekBar.module.css';

/** Dragging jumps when the finger rests, not at every step of the way. */
const SETTLE_MS = 120;

/** All times in ms of what is shown. */
interface Props {
  timeMs: number;
  durationMs: number;
  chapters: readonly PlacedChapter[];
  /** Where there is no picture. */
  gaps: readonly Span[];
  /** Where the board was before the class. */
  boards: readonly Span[];
  /** The small pictures of the recording behind a time of the bar, and the lesson time there. */
  previewAt: (shownMs: number) => { thumbnails: Thumbnails | null; lessonMs: number };
  onSeek: (shownMs: number) => void;
}

/** The lesson from bell to bell: its chapters, where the board was open, where something is missing. */
export function SeekBar(props: Props) {
  const { timeMs, durationMs, chapters, gaps, boards, previewAt, onSeek } = props;
  const { t } = useTranslation();
  const nameOf = useChapterName();
  const bar = useRef<HTMLDivElement>(null);
  const [draft, setDraft] = useState<number | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const [dragged, setDragged] = useState(false);
  const seek = useRef(onSeek);
  seek.current = onSeek;
  useEffect(() => {
    if (draft === null) return;
    const timer = setTimeout(() => {
      seek.current(draft);
      setDraft(null);
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [draft]);
  const shown = draft ?? timeMs;
  const share = (ms: number) => (durationMs > 0 ? Math.max(0, Math.min(100, (ms / durationMs) * 100)) : 0);
  const at = (ms: number) => `${share(ms)}%`;
  const stretch = ({ fromMs, toMs }: Span) => ({
    left: at(fromMs),
    width: `${share(toMs) - share(fromMs)}%`,
  });
  const chapterAt = (ms: number) => chapters.findLast(({ shownMs }) => shownMs <= ms);
  const titleOf = (chapter: PlacedChapter | undefined) =>
    chapter ? (chapter.title ?? nameOf(chapter.chapter)) : '';
  const onMove = ({ clientX }: PointerEvent) => {
    const box = bar.current?.getBoundingClientRect();
    if (box) setHovered(Math.max(0, Math.min(1, (clientX - box.left) / box.width)) * durationMs);
  };
  const previewed = hovered ?? draft;
  const now = titleOf(chapterAt(shown));
  return (
    <div
      ref={bar}
      className={join(styles.seek, dragged && styles.dragged)}
      onPointerMove={onMove}
      onPointerDown={(event) => {
        setDragged(true);
        onMove(event);
      }}
      onPointerUp={() => setDragged(false)}
      onPointerCancel={() => setDragged(false)}
      onPointerLeave={() => setHovered(null)}
    >
      {previewed !== null && durationMs > 0 && (
        <BarPreview
          share={share(previewed)}
          time={duration(previewed)}
          chapter={titleOf(chapterAt(previewed))}
          {...previewAt(previewed)}
        />
      )}
      <span className={styles.rail} />
      {boards.map((span) => (
        <span key={span.fromMs} className={styles.board} style={stretch(span)} />
      ))}
      <span className={styles.done} style={{ width: at(shown) }} />
      {gaps.map((span) => (
        <span key={span.fromMs} className={styles.gap} style={stretch(span)} data-testid="bar-gap" />
      ))}
      {chapters.map(
        ({ key, shownMs, chapter }) =>
          shownMs > 0 && (
            <span
              key={key}
              className={join(styles.chapter, chapter.kind === 'question' && styles.question)}
              style={{ left: at(shownMs) }}
              data-testid="bar-chapter"
            />
          ),
      )}
      <span className={styles.thumb} style={{ left: at(shown) }} />
      <input
        className={styles.input}
        type="range"
        min={0}
        max={Math.max(1, Math.round(durationMs))}
        step={100}
        value={Math.round(shown)}
        aria-label={t('replay.seek')}
        aria-valuetext={[t('replay.position', { at: duration(shown), total: duration(durationMs) }), now]
          .filter(Boolean)
          .join(t('common.separator'))}
        data-testid="replay-seek"
        onChange={(event) => setDraft(Number(event.target.value))}
      />
    </div>
  );
}
