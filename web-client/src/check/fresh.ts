/** A room that comes in again soon is not made to check itself, and to play its tones, once more. */
export const FRESH_MS = 10 * 60_000;
