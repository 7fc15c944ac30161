import type { z } from 'zod';
import type { Account } from '#protocol/domain.ts';
import { ErrorBody, type ErrorCode } from '#protocol/errors.ts';

/** An answer of the application, whatever it was; `body` is read as JSON where it says that it is. */
export interface Answer {
  status: number;
  body: unknown;
  headers: Headers;
}

/** Somebody who speaks HTTP with the application under test. */
export class TestPerson {
  readonly origin: string;
  readonly account: Account | null;
  readonly cookie: string;

  constructor(origin: string, account: Account | null, cookie: string) {
    this.origin = origin;
    this.account = account;
    this.cookie = cookie;
  }

  get accountId(): string {
    if (!this.account) throw new Error('nobody is signed in');
    return this.account.accountId;
  }

  /** @param body an object goes as JSON; text and bytes go as they are, with a type given in `headers`. */
  async ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    const response = await fetch(new URL(path, this.origin), {
      method,
      headers: {
        ...(this.cookie && { cookie: this.cookie }),
        ...(body !== undefined && !raw && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: raw ? (body as BodyInit) : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers };
  }

  /** Asks and reads the answer by its schema. @throws Error with the code of an error answer. */
  async get<T>(schema: z.ZodType<T>, method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.ask(method, path, body);
    if (answer.status >= 400)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return schema.parse(answer.body);
  }

  /** The code with which a request is refused; null when it is not. */
  async code(...request: Parameters<TestPerson['ask']>): Promise<ErrorCode | null> {
    const answer = await this.ask(...request);
    return answer.status < 400 ? null : codeOf(answer);
  }
}

export const codeOf = ({ body }: Answer): ErrorCode =>
  ErrorBody.parse((body as { error: unknown }).error).code;
