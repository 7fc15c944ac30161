import type { FieldError } from '#protocol/errors.ts';
import type { PageErrorCode } from '../i18n/errors.ts';

/** A failed call, as a code that has words on the page. */
export class ApiError extends Error {
  readonly code: PageErrorCode;
  /** Of a refused form: what is wrong with which field. */
  readonly fields: readonly FieldError[];
  constructor(
    code: PageErrorCode,
    message: string = code,
    { fields = [], ...options }: ErrorOptions & { fields?: FieldError[] | undefined } = {},
  ) {
    super(message, options);
    this.name = 'ApiError';
    this.code = code;
    this.fields = fields;
  }
  static from(thrown: unknown): ApiError {
    return thrown instanceof ApiError ? thrown : new ApiError('INTERNAL', String(thrown), { cause: thrown });
  }
}
