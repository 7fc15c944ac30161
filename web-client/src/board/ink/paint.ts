import type { Mark } from '#protocol/board-page.ts';
import type { InkPoint } from '#protocol/ink.ts';
import { fontFamily, inkColor, inkOpacity } from '../../theme/tokens.ts';
import { inkPath, PAGE_UNITS, shapeOf, TEXT_LEADING } from './mark-shape.ts';

/** Paints one mark. The context measures in page units (`PAGE_UNITS` to a page's width). */
export function paintMark(context: CanvasRenderingContext2D, mark: Mark): void {
  context.fillStyle = inkColor[mark.color];
  const { path } = shapeOf(mark);
  if (mark.kind === 'text') {
    context.font = `${mark.size}px ${fontFamily}`;
    context.textBaseline = 'top';
    for (const [index, line] of mark.text.split('\n').entries())
      context.fillText(
        line,
        mark.at[0] * PAGE_UNITS,
        mark.at[1] * PAGE_UNITS + index * mark.size * TEXT_LEADING,
      );
  } else if (path && (mark.kind === 'pen' || mark.kind === 'highlighter')) {
    fillInk(context, path, mark.kind);
  } else if (path) {
    context.strokeStyle = inkColor[mark.color];
    context.lineWidth = mark.width;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.stroke(path);
  }
}

/** Paints a stroke that is still being drawn. */
export function paintStroke(
  context: CanvasRenderingContext2D,
  stroke: {
    points: readonly InkPoint[];
    tool: 'pen' | 'highlighter';
    color: keyof typeof inkColor;
    width: number;
  },
): void {
  context.fillStyle = inkColor[stroke.color];
  fillInk(context, inkPath(stroke.points, stroke.tool, stroke.width), stroke.tool);
}

function fillInk(context: CanvasRenderingContext2D, path: Path2D, tool: 'pen' | 'highlighter'): void {
  context.globalAlpha = tool === 'pen' ? 1 : inkOpacity;
  context.fill(path);
  context.globalAlpha = 1;
}
