import { z } from 'zod';

/**
 * Every error that crosses a border: its HTTP status and whether the same request may succeed later
 * without a change. The words a person reads belong to the pages (by code), not here.
 */
export const ERRORS = {
  BAD_REQUEST: { status: 400, retry: false },
  /** Some fields of a form cannot be as they are; `fields` says which and why. */
  FIELDS: { status: 422, retry: false },
  NOT_SIGNED_IN: { status: 401, retry: false },
  /** Login and password do not belong together, whether there is such a login or not. */
  SIGN_IN_WRONG: { status: 401, retry: false },
  /** Too many wrong passwords; `retryAfterMs` says how long to wait. */
  SIGN_IN_LOCKED: { status: 429, retry: true },
  /** Signed in for nothing but its own second factor, or its own new password. */
  SECOND_FACTOR_NEEDED: { status: 401, retry: false },
  NEW_PASSWORD_NEEDED: { status: 401, retry: false },
  /** What was open is closed because its session ended, its account was switched off, or its rights changed. */
  SESSION_ENDED: { status: 401, retry: false },
  ACCOUNT_DISABLED: { status: 401, retry: false },
  RIGHTS_CHANGED: { status: 401, retry: false },
  /** A one-time link that was used, is too old or never was. */
  LINK_INVALID: { status: 410, retry: false },
  /** A passkey that is not known here, or whose proof is not right. */
  PASSKEY_WRONG: { status: 401, retry: false },
  FORBIDDEN: { status: 403, retry: false },
  /** This resource is opened by a password. */
  PASSWORD_NEEDED: { status: 401, retry: false },
  PASSWORD_WRONG: { status: 403, retry: false },
  /** It reaches further than it was reviewed for. */
  REVIEW_NEEDED: { status: 409, retry: false },
  /** The public stream of a lesson is not on: not yet, no more, or stopped. */
  NOT_STREAMED: { status: 409, retry: true },
  BAD_ORIGIN: { status: 403, retry: false },
  NOT_FOUND: { status: 404, retry: false },
  /** The other system with whose account one signs in does not answer. */
  PROVIDER_AWAY: { status: 502, retry: true },
  /** No pairing code that is open reads like what was typed. */
  PAIRING_WRONG: { status: 403, retry: false },
  /** A signed address that has run out: the page asks for a new one. */
  ADDRESS_EXPIRED: { status: 403, retry: false },
  /** It is called off: it is still in the timetable, and nobody can open it. */
  LESSON_CANCELLED: { status: 409, retry: false },
  NOT_JOINED: { status: 409, retry: false },
  WRONG_STATE: { status: 409, retry: false },
  SEAT_TAKEN: { status: 409, retry: false },
  /** Other rows hang on it; `fields` says which and how many (`lessons`, `pairings`, …, issue `conflict`, `count`). */
  IN_USE: { status: 409, retry: false },
  /** Somebody or some room would be in two lessons at once; `fields` says each, and `despiteClashes` saves it all the same. */
  CLASHES: { status: 409, retry: false },
  /** Somebody else on the teacher's side was faster: look again, then decide. */
  OVERTAKEN: { status: 409, retry: false },
  /** The teacher has stopped the class, or switched this off for the rooms. */
  CLASS_PAUSED: { status: 409, retry: false },
  SWITCHED_OFF: { status: 403, retry: false },
  /** What was written holds a word from the bureau's list. */
  SENSITIVE_WORD: { status: 422, retry: false },
  /** The teacher lets this participant not write. */
  MUTED: { status: 403, retry: false },
  /** Too soon after the last message; `retryAfterMs` says how long to wait. */
  SLOW_MODE: { status: 429, retry: true },
  /** Removed from this lesson by the teacher. */
  REMOVED: { status: 403, retry: false },
  NOT_READY: { status: 409, retry: true },
  MEDIA_GONE: { status: 410, retry: true },
  TOO_LARGE: { status: 413, retry: false },
  UNSUPPORTED_MEDIA: { status: 415, retry: false },
  /** Courseware that is not taken in: too large, of a kind that is not shown, or dangerous. */
  FILE_TOO_LARGE: { status: 413, retry: false },
  FILE_TOO_MANY_PAGES: { status: 422, retry: false },
  FILE_TYPE: { status: 415, retry: false },
  FILE_SVG: { status: 415, retry: false },
  FILE_UNREADABLE: { status: 422, retry: false },
  FILE_LOCKED: { status: 422, retry: false },
  FILE_BOMB: { status: 422, retry: false },
  CLIP_TOO_LONG: { status: 422, retry: false },
  /** A file for the library that is not taken in, and why. */
  LIBRARY_FILE_TYPE: { status: 415, retry: false },
  LIBRARY_FILE_TOO_LARGE: { status: 413, retry: false },
  FILE_PLAYLIST: { status: 415, retry: false },
  FILE_EMPTY: { status: 422, retry: false },
  FILE_TRUNCATED: { status: 422, retry: false },
  FILE_CHANGED: { status: 422, retry: true },
  FILM_EMPTY: { status: 422, retry: false },
  FILM_TOO_LONG: { status: 422, retry: false },
  FILM_PICTURE_TOO_LARGE: { status: 422, retry: false },
  FILM_CONVERSION_FAILED: { status: 422, retry: true },
  NO_FFMPEG: { status: 422, retry: false },
  /** A field of a catalogue that is longer than it may be. */
  TEXT_TOO_LONG: { status: 422, retry: false },
  /** Metadata that is not taken in: XML with a DTD or entities, or not what it says it is. */
  XML_UNSAFE: { status: 422, retry: false },
  METADATA_UNREADABLE: { status: 422, retry: false },
  PACKAGE_UNREADABLE: { status: 422, retry: false },
  /** Slides cannot be made into pages on this server; a PDF of them is shown as it is. */
  NO_OFFICE: { status: 422, retry: false },
  CONVERSION_FAILED: { status: 422, retry: false },
  /** Captions that are not taken in: neither WebVTT nor SRT, or far more than a lesson has. */
  CAPTION_UNREADABLE: { status: 422, retry: false },
  CAPTION_TOO_LARGE: { status: 413, retry: false },
  /** An export came out wrong or not at all. */
  EXPORT_FAILED: { status: 500, retry: true },
  /** Of what is to be exported there is no picture or sound. */
  EXPORT_EMPTY: { status: 422, retry: false },
  /** A job that took its process down again and again. */
  JOB_CRASHED: { status: 500, retry: true },
  STORAGE_FULL: { status: 507, retry: true },
  TOO_MANY_REQUESTS: { status: 429, retry: true },
  /** The database is starting again or out of reach; what was acknowledged before is kept. */
  DATABASE_AWAY: { status: 503, retry: true },
  /** What was done could not be written into the audit, so it was not done. */
  AUDIT_FAILED: { status: 503, retry: true },
  INTERNAL: { status: 500, retry: true },
  NODE_ERROR: { status: 502, retry: true },
  NO_MEDIA_NODE: { status: 503, retry: true },
  NO_RECORDER: { status: 503, retry: true },
  NODE_TIMEOUT: { status: 504, retry: true },
  /** It was decided that this lesson is not recorded. */
  RECORDING_OFF: { status: 409, retry: false },
  RECORDING_DISK_FULL: { status: 507, retry: true },
} as const satisfies Record<string, { status: number; retry: boolean }>;

export type ErrorCode = keyof typeof ERRORS;
export const ErrorCode = z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]);

/** What is wrong with one field of a form; a page has a sentence for each. */
export const FieldIssue = z.enum([
  'required',
  'tooLong',
  'tooShort',
  'format',
  'range',
  'order',
  'taken',
  'unknown',
  'weak',
  'wrong',
  'conflict',
  /** Below itself. */
  'loop',
  /** One's own rights are changed by somebody else. */
  'own',
  /** Roles that one person never holds together. */
  'separate',
  /** Something of this kind does not lie there: a bureau below a school. */
  'place',
]);
export type FieldIssue = z.infer<typeof FieldIssue>;
export const FieldError = z.object({
  /** Where in the body: `name`, `periods.2.endsMinute`. */
  path: z.string(),
  issue: FieldIssue,
  /** Numbers and names that the sentence needs: `{ max: 40 }`, `{ by: '五年级(2)班' }`. */
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type FieldError = z.infer<typeof FieldError>;

/** How an error looks on the wire, over HTTP and over sockets alike. */
export const ErrorBody = z.object({
  code: ErrorCode,
  /** For logs and developers, English. */
  message: z.string(),
  retry: z.boolean(),
  /** When it may succeed, counted from the answer; where that is known. */
  retryAfterMs: z.number().nonnegative().optional(),
  /** Of a form that was refused: what is wrong with which field. */
  fields: z.array(FieldError).optional(),
});
export type ErrorBody = z.infer<typeof ErrorBody>;

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;
  readonly fields: FieldError[] | undefined;
  constructor(
    code: ErrorCode,
    message: string = code,
    options: ErrorOptions & { retryAfterMs?: number; fields?: FieldError[] } = {},
  ) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
    this.fields = options.fields;
  }
  get status(): number {
    return ERRORS[this.code].status;
  }
  toBody(): ErrorBody {
    const { code, message, retryAfterMs, fields } = this;
    return {
      ...{ code, message, retry: ERRORS[code].retry },
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      ...(fields !== undefined && { fields }),
    };
  }
  /** Whatever was thrown, as an AppError; what is not ours becomes INTERNAL and keeps its text out of the wire. */
  static from(thrown: unknown): AppError {
    if (thrown instanceof AppError) return thrown;
    if (thrown instanceof z.ZodError) {
      const first = thrown.issues[0];
      const message = first ? `${first.path.join('.')}: ${first.message}` : 'bad request';
      return new AppError('BAD_REQUEST', message, { fields: thrown.issues.map(fieldErrorOf) });
    }
    return new AppError('INTERNAL', 'internal error', { cause: thrown });
  }
}

function fieldErrorOf(issue: z.core.$ZodIssue): FieldError {
  const path = issue.path.map(String).join('.');
  switch (issue.code) {
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array'
        ? { path, issue: 'tooLong', values: { max: Number(issue.maximum) } }
        : { path, issue: 'range', values: { max: Number(issue.maximum) } };
    case 'too_small':
      if (issue.origin !== 'string' && issue.origin !== 'array')
        return { path, issue: 'range', values: { min: Number(issue.minimum) } };
      return issue.minimum === 1
        ? { path, issue: 'required' }
        : { path, issue: 'tooShort', values: { min: Number(issue.minimum) } };
    case 'invalid_type':
      return { path, issue: issue.input === undefined ? 'required' : 'format' };
    default:
      return { path, issue: 'format' };
  }
}

/** The answer to every socket request and node command. */
export type Reply<T> = { ok: true; data: T } | { ok: false; error: ErrorBody };
export const ReplyEnvelope = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), data: z.unknown() }),
  z.object({ ok: z.literal(false), error: ErrorBody }),
]);
