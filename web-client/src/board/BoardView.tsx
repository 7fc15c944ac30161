import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardPage } from '#protocol/board-page.ts';
import { join } from '../ui/class-names.ts';
import styles from './BoardView.module.css';
import type { Drawing, Spot } from './drawing.ts';
import { InkLayer } from './ink/ink-layer.ts';
import { LiveLayer } from './ink/live-layer.ts';
import { TextEntry } from './TextEntry.tsx';
import { sizeOf, type Tool } from './tool.ts';
import { useHand } from './use-hand.ts';
import { usePageBox } from './use-page-box.ts';
import { usePixelRatio } from './use-pixel-ratio.ts';

interface Props {
  page: BoardPage;
  drawing: Drawing;
  /** Null for who only looks. */
  tool: Tool | null;
  /** What lies under the ink, for a page of so many device pixels; null until that is known. */
  under: (width: number | null) => ReactNode;
}

/** The page that everybody sees, as large as its place allows: what lies under it, what stands on it, what moves. */
export function BoardView({ page, drawing, tool, under }: Props) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const inkCanvas = useRef<HTMLCanvasElement>(null);
  const liveCanvas = useRef<HTMLCanvasElement>(null);
  const layers = useRef<{ ink: InkLayer; live: LiveLayer } | null>(null);
  const box = usePageBox(place, page.aspect);
  const pixelRatio = usePixelRatio();
  const [writingAt, setWritingAt] = useState<Spot | null>(null);
  const onPlace = useCallback(
    (spot: Spot) => setWritingAt(tool?.name === 'text' ? spot : null),
    [tool?.name],
  );
  const hand = useHand(drawing, onPlace);

  useLayoutEffect(() => {
    if (!inkCanvas.current || !liveCanvas.current) return;
    const made = { ink: new InkLayer(inkCanvas.current), live: new LiveLayer(liveCanvas.current) };
    layers.current = made;
    drawing.onMove = () => made.live.show(drawing.moving);
    drawing.onStanding = () => made.ink.show(drawing.standing);
    return () => {
      made.live.close();
      layers.current = null;
      drawing.onMove = () => {};
      drawing.onStanding = () => {};
    };
  }, [drawing]);

  useLayoutEffect(() => {
    if (!box || !layers.current) return;
    layers.current.ink.resize(box.width, box.height, pixelRatio);
    layers.current.live.resize(box.width, box.height, pixelRatio);
  }, [box, pixelRatio]);

  useLayoutEffect(() => {
    drawing.use(tool);
  }, [drawing, tool]);

  useLayoutEffect(() => {
    drawing.show(page);
    layers.current?.ink.show(drawing.standing);
  }, [drawing, page]);

  const { pageId } = page;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was being written belongs to the page before.
  useEffect(() => setWritingAt(null), [pageId]);

  return (
    <div ref={place} className={styles.place}>
      <div
        className={join(styles.page, tool && styles.mine, tool?.name === 'text' && styles.writing)}
        style={box ? { width: box.width, height: box.height } : { visibility: 'hidden' }}
        role="img"
        aria-label={t('board.page')}
        data-testid="board-page"
        data-page-id={pageId}
        data-items={page.items.length}
      >
        {under(box && Math.round(box.width * pixelRatio))}
        <canvas ref={inkCanvas} className={styles.layer} data-testid="board-ink" />
        <canvas ref={liveCanvas} className={styles.layer} data-testid="board-live" />
        {tool && <div className={styles.hand} data-testid="board-hand" {...hand} />}
        {tool?.name === 'text' && writingAt && box && (
          <TextEntry
            key={`${writingAt.x} ${writingAt.y}`}
            at={writingAt}
            box={box}
            color={tool.color}
            size={sizeOf(tool)}
            onDone={(text) => {
              drawing.write([writingAt.x, writingAt.y], text);
              setWritingAt(null);
            }}
          />
        )}
      </div>
    </div>
  );
}
