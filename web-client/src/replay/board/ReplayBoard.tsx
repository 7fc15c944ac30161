import { memo, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BoardState, pageShown } from '#protocol/board.ts';
import type { BoardPage, PageSource } from '#protocol/board-page.ts';
import { InkLayer } from '../../board/ink/ink-layer.ts';
import { LiveLayer } from '../../board/ink/live-layer.ts';
import { shapeOf } from '../../board/ink/mark-shape.ts';
import { PdfPage } from '../../board/source/PdfPage.tsx';
import { usePageBox } from '../../board/use-page-box.ts';
import { usePixelRatio } from '../../board/use-pixel-ratio.ts';
import type { ReplayEngine } from '../engine/replay-engine.ts';
import type { BoardHistory } from '../history/board-history.ts';
import { BoardClip } from './BoardClip.tsx';
import styles from './ReplayBoard.module.css';

/** Where a file of the courseware is read; the same address again as long as it is good. */
export type FileAddress = (documentId: string, file: string) => string;

interface Props {
  board: BoardHistory;
  engine: ReplayEngine;
  fileAddress: FileAddress;
}

interface Layers {
  readonly ink: InkLayer;
  readonly live: LiveLayer;
}

/** Left of an idle moment for whatever comes next. */
const SPARE_MS = 4;
/** A page that has no picture of its own yet. */
const ASPECT = 16 / 9;

/**
 * The board as the class saw it at this moment: page, ink, and the strokes that were just being drawn, as vectors
 * and in step with the pictures at any speed, forwards and backwards.
 */
export const ReplayBoard = memo(function ReplayBoard({ board, engine, fileAddress }: Props) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const inkCanvas = useRef<HTMLCanvasElement>(null);
  const liveCanvas = useRef<HTMLCanvasElement>(null);
  const layers = useRef<Layers | null>(null);
  const [{ page, next }, setShown] = useState(() => sheetOf(board.at(engine.nowMs)));
  const box = usePageBox(place, page?.aspect ?? ASPECT);
  const pixelRatio = usePixelRatio();

  useLayoutEffect(() => {
    if (!inkCanvas.current || !liveCanvas.current) return;
    const made = { ink: new InkLayer(inkCanvas.current), live: new LiveLayer(liveCanvas.current) };
    layers.current = made;
    return () => {
      made.live.close();
      layers.current = null;
    };
  }, []);

  useLayoutEffect(() => {
    if (!box) return;
    layers.current?.ink.resize(box.width, box.height, pixelRatio);
    layers.current?.live.resize(box.width, box.height, pixelRatio);
  }, [box, pixelRatio]);

  useEffect(() => outlineAhead(board), [board]);

  // The time moves with every frame, React's state only when another page comes.
  useEffect(() => {
    let frame = 0;
    let moved = false;
    let before: BoardState | null = null;
    let pageId = '';
    const draw = () => {
      frame = requestAnimationFrame(draw);
      const now = engine.nowMs;
      const state = board.at(now);
      const shown = state.shown ? pageShown(state) : null;
      if (state !== before) {
        before = state;
        layers.current?.ink.show(shown?.items ?? []);
        if (sheet.current) sheet.current.dataset.items = String(shown?.items.length ?? 0);
        const key = shown?.pageId ?? '';
        if (key !== pageId) setShown(sheetOf(state));
        pageId = key;
      }
      const strokes = shown ? board.movingAt(now, shown.pageId) : [];
      if (strokes.length > 0 || moved)
        layers.current?.live.show({ strokes, marks: [], lasers: [], eraser: null });
      moved = strokes.length > 0;
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, [board, engine]);

  const width = box && Math.round(box.width * pixelRatio);
  return (
    <div ref={place} className={styles.place}>
      {!page && <p className={styles.none}>{t('replay.boardClosed')}</p>}
      <div
        ref={sheet}
        className={styles.page}
        style={box && page ? { width: box.width, height: box.height } : { visibility: 'hidden' }}
        role="img"
        aria-label={t('board.page')}
        data-testid="board-page"
        data-page-id={page?.pageId}
      >
        {page && width && (
          <Under
            page={page}
            next={next}
            width={width}
            engine={engine}
            board={board}
            fileAddress={fileAddress}
          />
        )}
        <canvas ref={inkCanvas} className={styles.layer} data-testid="board-ink" />
        <canvas ref={liveCanvas} className={styles.layer} data-testid="board-live" />
      </div>
    </div>
  );
});

/**
 * Works out the outlines of a lesson's strokes while nothing else is to be done, so that the first jump into the
 * middle of a full board paints as quickly as the next. Returns how to stop.
 */
function outlineAhead(board: BoardHistory): () => void {
  if (!('requestIdleCallback' in window)) return () => {};
  const marks = board.marks[Symbol.iterator]();
  let request = 0;
  const some = (deadline: IdleDeadline) => {
    while (deadline.timeRemaining() > SPARE_MS) {
      const { done, value } = marks.next();
      if (done) return;
      shapeOf(value);
    }
    request = requestIdleCallback(some);
  };
  request = requestIdleCallback(some);
  return () => cancelIdleCallback(request);
}

interface Sheet {
  readonly page: BoardPage | null;
  /** What lies under the page after it, to have it ready when it is turned. */
  readonly next: PageSource | null;
}

function sheetOf(state: BoardState): Sheet {
  const page = state.shown ? pageShown(state) : null;
  const index = state.pages.findIndex(({ pageId }) => pageId === page?.pageId);
  return { page, next: (page && state.pages[index + 1]?.source) ?? null };
}

interface UnderProps extends Props, Sheet {
  page: BoardPage;
  /** In device pixels. */
  width: number;
}

function Under({ page: { pageId, source }, next, width, engine, board, fileAddress }: UnderProps) {
  if (source.kind === 'blank') return null;
  const address = fileAddress(source.documentId, source.file);
  switch (source.kind) {
    case 'pdf': {
      const ahead =
        next?.kind === 'pdf' ? { url: fileAddress(next.documentId, next.file), page: next.page } : null;
      return <PdfPage url={address} page={source.page} width={width} next={ahead} />;
    }
    case 'image':
      return (
        <img className={styles.layer} src={address} alt="" draggable={false} data-testid="board-image" />
      );
    case 'clip':
      return (
        <BoardClip
          key={pageId}
          board={board}
          engine={engine}
          pageId={pageId}
          address={() => fileAddress(source.documentId, source.file)}
        />
      );
  }
}
