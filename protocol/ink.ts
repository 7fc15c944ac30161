/*
 * Ink (笔迹) on the wire. A page of the board is 1 wide; its height follows from its shape. A stroke is a short
 * base64 string instead of a list of numbers: 3 to 4 bytes a point, so that 5,000 strokes cross in one snapshot.
 */

export interface InkPoint {
  /** From the page's left and upper edge, in page widths. */
  readonly x: number;
  readonly y: number;
  /** 0 to 1; 0.5 where the device knows none. */
  readonly pressure: number;
  /** Milliseconds since the stroke began. */
  readonly t: number;
}

/** Steps of one page width: a quarter of a pixel on a 1080p screen. */
const GRID = 8192;
/** As far outside the page as a point may be: a tall page is longer than it is wide. */
const MAX_GRID = GRID * 8;
const PRESSURES = 63;
const TICK_MS = 8;
/** One byte before the points: whether each of them has a pressure of its own. */
const PLAIN = 0;
const PRESSED = 1;

/** The longest that a stroke may be on the wire, in characters; some 2,000 points. */
export const MAX_INK = 12_000;

export function packInk(points: readonly InkPoint[]): string {
  const pressed = points.some(({ pressure }) => Math.abs(pressure - 0.5) > 0.01);
  const bytes: number[] = [pressed ? PRESSED : PLAIN];
  let before = [0, 0, 0, 0];
  for (const { x, y, pressure, t } of points) {
    const now = [
      onGrid(x, GRID, MAX_GRID),
      onGrid(y, GRID, MAX_GRID),
      onGrid(t, 1 / TICK_MS, 1 << 24),
      onGrid(pressure, PRESSURES, PRESSURES),
    ];
    for (let column = 0; column < (pressed ? 4 : 3); column += 1)
      writeNumber(bytes, now[column]! - before[column]!);
    before = now;
  }
  return toBase64(bytes);
}

/** Never throws: what is not ink gives the points up to where it stops making sense. */
export function unpackInk(ink: string): InkPoint[] {
  const bytes = fromBase64(ink);
  const pressed = bytes[0] === PRESSED;
  const points: InkPoint[] = [];
  const at = { byte: 1 };
  let [x, y, ticks, pressure] = [0, 0, 0, 0];
  while (at.byte < bytes.length) {
    x = within(x + readNumber(bytes, at), MAX_GRID);
    y = within(y + readNumber(bytes, at), MAX_GRID);
    ticks += readNumber(bytes, at);
    if (pressed) pressure = within(pressure + readNumber(bytes, at), PRESSURES);
    if (at.byte > bytes.length) break;
    points.push({
      x: x / GRID,
      y: y / GRID,
      t: ticks * TICK_MS,
      pressure: pressed ? pressure / PRESSURES : 0.5,
    });
  }
  return points;
}

const onGrid = (value: number, steps: number, limit: number): number =>
  within(Math.round(value * steps) || 0, limit);

const within = (value: number, limit: number): number => Math.max(-limit, Math.min(limit, value));

/** Small numbers of either sign in one byte, larger ones in as many as they need (zigzag, LEB128). */
function writeNumber(bytes: number[], value: number): void {
  let rest = value >= 0 ? value * 2 : -value * 2 - 1;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  bytes.push(rest);
}

function readNumber(bytes: Uint8Array, at: { byte: number }): number {
  let value = 0;
  for (let shift = 0; shift < 28; shift += 7) {
    const byte = bytes[at.byte++];
    // A number that was cut off: the reader sees that it went beyond the end.
    if (byte === undefined) {
      at.byte = bytes.length + 1;
      return 0;
    }
    value |= (byte & 127) << shift;
    if (byte < 128) break;
  }
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

function toBase64(bytes: readonly number[]): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function fromBase64(ink: string): Uint8Array {
  let text: string;
  try {
    text = atob(ink);
  } catch {
    return new Uint8Array();
  }
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes;
}
