export type TeachErrorCode =
  | 'NO_SERVER'
  | 'BAD_CERTIFICATE'
  | 'NO_DEMO'
  | 'NO_ACCOUNT'
  | 'NO_LESSON'
  | 'LESSON_NOT_FOUND'
  | 'LESSON_OVER'
  | 'NO_FILE'
  | 'NOT_A_FILM'
  | 'NO_FFMPEG'
  | 'FFMPEG_FAILED'
  | 'NOT_CONNECTED'
  | 'SEAT_TAKEN'
  | 'REFUSED';

/** Something that the person at the keyboard can understand and mend; `words.ts` says it. */
export class TeachError extends Error {
  override readonly name = 'TeachError';
  readonly code: TeachErrorCode;
  /** What the sentence is about: an address, a file, the server's own code. */
  readonly subject: string;

  constructor(code: TeachErrorCode, subject = '', options?: ErrorOptions) {
    super(`${code} ${subject}`.trim(), options);
    this.code = code;
    this.subject = subject;
  }
}
