import { IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { type PointerEvent, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#protocol/ids.ts';
import type { Programme, Shot } from '#protocol/programme.ts';
import { measure } from '../../theme/tokens.ts';
import { duration } from '../../ui/time.ts';
import type { Source } from '../state/use-sources.ts';
import type { Stretch } from '../suggest.ts';
import { ClipLane } from './ClipLane.tsx';
import { Marks } from './Marks.tsx';
import { PictureLane } from './PictureLane.tsx';
import { ShotLane } from './ShotLane.tsx';
import styles from './Strip.module.css';
import { mostZoom, snapped, ticksOf } from './scale.ts';
import { useWidth } from './use-width.ts';

export interface StripProps {
  source: Source;
  programme: Programme;
  shots: readonly Shot[];
  /** Playhead, lesson time. */
  timeMs: number;
  playing: boolean;
  /** What is selected to be cut out or made a micro-video of; either end may be open. */
  selection: { fromMs: number | null; toMs: number | null };
  readOnly: boolean;
  onSeek: (ms: number) => void;
  onSelect: (selection: Stretch) => void;
  apply: (change: (programme: Programme) => Programme) => void;
  onHighlight: (highlightId: Id) => void;
}

/** A recording from end to end in its lesson's time: what of it is shown, what the cut shows when, what happened. */
export function Strip(props: StripProps) {
  const { source, programme, shots, timeMs, playing, selection, readOnly, onSeek, onSelect, apply } = props;
  const { t } = useTranslation();
  const { durationMs, recordingId } = source;
  const scroller = useRef<HTMLDivElement>(null);
  const track = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller);
  const [zoom, setZoom] = useState(1);
  const most = mostZoom(durationMs, width);
  const inner = width * zoom;
  const msPerPx = durationMs / Math.max(1, inner);
  const at = (ms: number) => `${(Math.max(0, Math.min(ms, durationMs)) / Math.max(1, durationMs)) * 100}%`;
  const own = programme.clips.filter((clip) => clip.recordingId === recordingId);
  const magnets = [
    timeMs,
    ...own.flatMap(({ fromMs, toMs }) => [fromMs, toMs]),
    ...source.chapters.map(({ fromMs }) => fromMs),
    ...source.highlights.map(({ atMs }) => atMs),
    ...source.course.map(({ atMs }) => atMs),
    ...shots.map(({ atMs }) => atMs),
  ];
  /** Lesson time under a pointer; `free` is not pulled to anything. */
  const timeAt = (clientX: number, free = false): number => {
    const box = track.current?.getBoundingClientRect();
    if (!box || box.width === 0) return 0;
    const ms = Math.max(0, Math.min(durationMs, ((clientX - box.left) / box.width) * durationMs));
    return free ? ms : snapped(ms, magnets, msPerPx);
  };

  useZoomKeepingPlace(scroller, inner, timeMs, durationMs);
  useFollow(scroller, playing, inner, timeMs, durationMs);

  const scrub = (event: PointerEvent) => {
    // The wheel and the second finger are for moving the strip.
    if (event.button !== 0 || !event.isPrimary) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    onSeek(timeAt(event.clientX, true));
  };
  const scrubOn = (event: PointerEvent) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) onSeek(timeAt(event.clientX, true));
  };
  const lane = { source, programme, apply, timeAt, at, readOnly };
  const { fromMs, toMs } = selection;
  return (
    <section className={styles.strip} aria-label={t('editor.strip.label')}>
      <div ref={scroller} className={styles.scroller}>
        <div ref={track} className={styles.track} style={{ width: `${zoom * 100}%` }}>
          <div className={styles.scrub} onPointerDown={scrub} onPointerMove={scrubOn} data-testid="scrub">
            <div className={styles.ruler}>
              {ticksOf(durationMs, inner).map((ms) => (
                <span key={ms} className={styles.tick} style={{ left: at(ms) }}>
                  {duration(ms)}
                </span>
              ))}
            </div>
            <PictureLane source={source} at={at} widthPx={inner} />
          </div>
          <Marks source={source} at={at} onSeek={onSeek} onHighlight={props.onHighlight} />
          <ClipLane {...lane} onSeek={onSeek} />
          <ShotLane {...lane} shots={shots} onSeek={onSeek} timeMs={timeMs} />
          {fromMs !== null && toMs !== null && (
            <div className={styles.selection} style={{ left: at(fromMs), width: at(toMs - fromMs) }} />
          )}
          {[
            { end: 'fromMs' as const, ms: fromMs },
            { end: 'toMs' as const, ms: toMs },
          ].map(
            ({ end, ms }) =>
              ms !== null && (
                <SelectionEnd
                  key={end}
                  end={end}
                  ms={ms}
                  left={at(ms)}
                  durationMs={durationMs}
                  timeAt={timeAt}
                  onMove={(to) => {
                    const other = end === 'fromMs' ? (toMs ?? durationMs) : (fromMs ?? 0);
                    onSelect(
                      end === 'fromMs'
                        ? { fromMs: Math.min(to, other), toMs: other }
                        : { fromMs: other, toMs: Math.max(to, other) },
                    );
                  }}
                />
              ),
          )}
          <div className={styles.playhead} style={{ left: at(timeMs) }} />
          <input
            className={styles.range}
            type="range"
            min={0}
            max={Math.max(1, Math.round(durationMs))}
            step={100}
            value={Math.round(timeMs)}
            aria-label={t('replay.seek')}
            aria-valuetext={t('replay.position', { at: duration(timeMs), total: duration(durationMs) })}
            onChange={(event) => onSeek(Number(event.target.value))}
          />
        </div>
      </div>
      <div className={styles.zoom}>
        <button
          type="button"
          aria-label={t('editor.strip.zoomOut')}
          disabled={zoom <= 1}
          onClick={() => setZoom(Math.max(1, zoom / 2))}
        >
          <IconZoomOut size={measure.icon} aria-hidden="true" />
        </button>
        <button
          type="button"
          aria-label={t('editor.strip.zoomIn')}
          disabled={zoom >= most}
          onClick={() => setZoom(Math.min(most, zoom * 2))}
        >
          <IconZoomIn size={measure.icon} aria-hidden="true" />
        </button>
      </div>
    </section>
  );
}

interface EndProps {
  end: 'fromMs' | 'toMs';
  ms: number;
  left: string;
  durationMs: number;
  timeAt: (clientX: number) => number;
  onMove: (ms: number) => void;
}

const KEY_STEP_MS = 1_000;

function SelectionEnd({ end, ms, left, durationMs, timeAt, onMove }: EndProps) {
  const { t } = useTranslation();
  return (
    <div
      className={styles.end}
      data-end={end}
      style={{ left }}
      role="slider"
      tabIndex={0}
      aria-label={t(`editor.strip.selection.${end}`)}
      aria-valuemin={0}
      aria-valuemax={Math.round(durationMs)}
      aria-valuenow={Math.round(ms)}
      aria-valuetext={duration(ms)}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) onMove(timeAt(event.clientX));
      }}
      onKeyDown={(event) => {
        const step = event.key === 'ArrowLeft' ? -KEY_STEP_MS : event.key === 'ArrowRight' ? KEY_STEP_MS : 0;
        if (step === 0) return;
        event.stopPropagation();
        event.preventDefault();
        onMove(Math.max(0, Math.min(durationMs, ms + step)));
      }}
    />
  );
}

/** What stood under the playhead stands there still after zooming. */
function useZoomKeepingPlace(
  scroller: React.RefObject<HTMLDivElement | null>,
  inner: number,
  timeMs: number,
  durationMs: number,
): void {
  const now = useRef(timeMs);
  now.current = timeMs;
  useLayoutEffect(() => {
    const place = scroller.current;
    if (place) place.scrollLeft = (now.current / Math.max(1, durationMs)) * inner - place.clientWidth / 2;
  }, [scroller, inner, durationMs]);
}

/** While it plays the playhead stays in sight. */
function useFollow(
  scroller: React.RefObject<HTMLDivElement | null>,
  playing: boolean,
  inner: number,
  timeMs: number,
  durationMs: number,
): void {
  useLayoutEffect(() => {
    const place = scroller.current;
    if (!place || !playing) return;
    const x = (timeMs / Math.max(1, durationMs)) * inner;
    if (x < place.scrollLeft || x > place.scrollLeft + place.clientWidth * 0.9)
      place.scrollLeft = x - place.clientWidth * 0.1;
  }, [scroller, playing, inner, timeMs, durationMs]);
}
