import { ERRORS, type ErrorBody } from '#protocol/errors.ts';
import type { ClientErrorCode } from './snapshot.ts';

/** An error as the page knows it: a code of the wire or one of the page's own. */
export class ClientError extends Error {
  readonly code: ClientErrorCode;
  /** Whether the same request may succeed later without a change. */
  readonly retry: boolean;
  /** When it may succeed, counted from the answer; where the server knows. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ClientErrorCode,
    message: string = code,
    options: ErrorOptions & { retry?: boolean; retryAfterMs?: number | undefined } = {},
  ) {
    super(message, options);
    this.name = 'ClientError';
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
    this.retry =
      options.retry ?? (code === 'NETWORK' || (code in ERRORS && ERRORS[code as keyof typeof ERRORS].retry));
  }

  static fromBody(body: ErrorBody): ClientError {
    return new ClientError(body.code, body.message, {
      retry: body.retry,
      retryAfterMs: body.retryAfterMs,
    });
  }

  /** Whatever was thrown; what nobody coded (a browser's own complaint) may go away when it is tried again. */
  static from(thrown: unknown): ClientError {
    if (thrown instanceof ClientError) return thrown;
    return new ClientError('INTERNAL', thrown instanceof Error ? thrown.message : String(thrown), {
      cause: thrown,
    });
  }
}
