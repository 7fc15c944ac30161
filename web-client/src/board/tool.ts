import type { InkColor } from '#protocol/board-page.ts';

export type ToolName =
  | 'pen'
  | 'highlighter'
  | 'line'
  | 'arrow'
  | 'rectangle'
  | 'ellipse'
  | 'text'
  | 'eraser'
  | 'laser';

export interface Tool {
  readonly name: ToolName;
  readonly color: InkColor;
  readonly width: WidthName;
}

export type WidthName = 'thin' | 'medium' | 'thick';

/** Pen widths in thousandths of the page's width: on a big screen 4, 8 and 15 pixels. */
const PEN: Record<WidthName, number> = { thin: 2, medium: 4, thick: 8 };
const HIGHLIGHTER: Record<WidthName, number> = { thin: 14, medium: 22, thick: 34 };
const TEXT: Record<WidthName, number> = { thin: 24, medium: 36, thick: 56 };
const ERASER: Record<WidthName, number> = { thin: 8, medium: 16, thick: 32 };

/** The teacher writes black and the rooms blue, until somebody chooses: so it is seen who wrote what. */
export const firstTool = (steers: boolean): Tool => ({
  name: 'pen',
  color: steers ? 'black' : 'blue',
  width: 'medium',
});

/** A tool's width, text size or radius in thousandths of the page's width. */
export function sizeOf({ name, width }: Tool): number {
  if (name === 'highlighter') return HIGHLIGHTER[width];
  if (name === 'text') return TEXT[width];
  if (name === 'eraser') return ERASER[width];
  return PEN[width];
}
