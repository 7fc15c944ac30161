/** A moment of the past as a person reads it: 2031年3月5日 14:20. */
export const dayAndTime = (wallMs: number, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(wallMs);
