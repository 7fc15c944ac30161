import type { PageErrorCode } from '../i18n/errors.ts';

/** A failed call, as a code that has words on the page. */
export class ApiError extends Error {
  readonly code: PageErrorCode;
  constructor(code: PageErrorCode, message: string = code, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ApiError';
    this.code = code;
  }
  static from(thrown: unknown): ApiError {
    return thrown instanceof ApiError ? thrown : new ApiError('INTERNAL', String(thrown), { cause: thrown });
  }
}
