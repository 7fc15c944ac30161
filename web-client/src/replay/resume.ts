const MARGIN_MS = 10_000;

const key = (lessonId: string) => `replay.${lessonId}`;

/** Where this browser stopped watching, ms; null when it has not begun or was nearly through. */
export function rememberedPosition(lessonId: string, durationMs: number): number | null {
  const position = Number(localStorage.getItem(key(lessonId)) ?? 0);
  return position > MARGIN_MS && position < durationMs - MARGIN_MS ? position : null;
}

export const rememberPosition = (lessonId: string, timeMs: number): void =>
  localStorage.setItem(key(lessonId), String(Math.round(timeMs)));
