import { useSyncExternalStore } from 'react';
import { z } from 'zod';

export const CAPTION_SIZES = ['small', 'medium', 'large'] as const;

const Choice = z.object({
  /** Null: no captions. */
  language: z.string().nullable(),
  /** What is shown again when captions are switched on. */
  last: z.string().nullable(),
  size: z.enum(CAPTION_SIZES),
});
type Choice = z.infer<typeof Choice>;

const KEY = 'captions';
const FIRST: Choice = { language: null, last: null, size: 'medium' };
const listeners = new Set<() => void>();
let choice = read();

function read(): Choice {
  try {
    return Choice.parse(JSON.parse(localStorage.getItem(KEY) ?? ''));
  } catch {
    return FIRST;
  }
}

/** How this browser's owner wants captions, in every replay. */
export function chooseCaptions(change: Partial<Pick<Choice, 'language' | 'size'>>): void {
  const next = { ...choice, ...change };
  choice = { ...next, last: next.language ?? next.last };
  localStorage.setItem(KEY, JSON.stringify(choice));
  for (const listener of listeners) listener();
}

export const captionChoice = (): Choice => choice;

export const useCaptionChoice = (): Choice =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, captionChoice);
