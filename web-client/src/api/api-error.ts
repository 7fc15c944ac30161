import type { FieldError } from '#protocol/errors.ts';
import type { PageErrorCode } from '../i18n/errors.ts';

/** A failed call, as a code that has words on the page. */
export class ApiError extends Error {
  readonly code: PageErrorCode;
  /** Of a refused form: what is wrong with which field. */
  readonly fields: readonly FieldError[];
  /** When it may succeed, counted from the answer; where the platform knows. */
  readonly retryAfterMs: number | undefined;
  constructor(
    code: PageErrorCode,
    message: string = code,
    {
      fields = [],
      retryAfterMs,
      ...options
    }: ErrorOptions & { fields?: FieldError[] | undefined; retryAfterMs?: number | undefined } = {},
  ) {
    super(message, options);
    this.name = 'ApiError';
    this.code = code;
    this.fields = fields;
    this.retryAfterMs = retryAfterMs;
  }
  static from(thrown: unknown): ApiError {
    return thrown instanceof ApiError ? thrown : new ApiError('INTERNAL', String(thrown), { cause: thrown });
  }
}
