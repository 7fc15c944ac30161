import type { TFunction } from 'i18next';

/** A size as people say it. */
export function sizeWords(t: TFunction, bytes: number): string {
  if (bytes < 1_000_000) return t('intake.bytes.kb', { n: Math.max(1, Math.round(bytes / 1_000)) });
  if (bytes < 1_000_000_000) return t('intake.bytes.mb', { n: short(bytes / 1_000_000) });
  return t('intake.bytes.gb', { n: short(bytes / 1_000_000_000) });
}

const short = (n: number): string => (n < 10 ? n.toFixed(1).replace(/\.0$/, '') : String(Math.round(n)));

export const percent = (part: number): string => `${Math.floor(part * 100)}%`;
