import type { Quality } from '../lesson/session.ts';

export type LineWord = 'good' | 'fair' | 'poor' | 'unknown';

/** A line as one word: past these limits a conversation stumbles (fair), or a picture breaks up (poor). */
export function lineWord({ rttMs, lossPercent }: Quality): LineWord {
  if (rttMs === null && lossPercent === null) return 'unknown';
  const rtt = rttMs ?? 0;
  const loss = lossPercent ?? 0;
  if (loss > 5 || rtt > 400) return 'poor';
  if (loss > 1.5 || rtt > 200) return 'fair';
  return 'good';
}
