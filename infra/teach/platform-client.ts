import { z } from 'zod';
import { Account, Lesson, type LessonState } from '#protocol/domain.ts';
import { ErrorBody } from '#protocol/errors.ts';
import { IngestKey } from '#protocol/rest.ts';
import type { HttpClient } from './http-client.ts';
import { TeachError } from './teach-error.ts';

/** The platform's REST API as one signed-in account sees it. */
export class PlatformClient {
  readonly http: HttpClient;
  #cookie = '';

  constructor(http: HttpClient) {
    this.http = http;
  }

  async demoAccounts(): Promise<Account[]> {
    try {
      return await this.#call(z.array(Account), 'GET', '/api/demo/accounts');
    } catch (error) {
      if (error instanceof TeachError && error.code === 'REFUSED')
        throw new TeachError('NO_DEMO', this.http.origin, { cause: error });
      throw error;
    }
  }

  async signIn(account: Account): Promise<void> {
    const { accountId } = account;
    await this.#call(z.unknown(), 'POST', '/api/session', { accountId });
  }

  lessonsToday(): Promise<Lesson[]> {
    return this.#call(z.array(Lesson), 'GET', '/api/lessons');
  }

  /** Null for a lesson that is not there or that this account may not see. */
  async lesson(lessonId: string): Promise<Lesson | null> {
    try {
      return await this.#call(Lesson, 'GET', `/api/lessons/${encodeURIComponent(lessonId)}`);
    } catch (error) {
      if (isRefused(error, 'NOT_FOUND', 'FORBIDDEN', 'BAD_REQUEST')) return null;
      throw error;
    }
  }

  /** A fresh demo lesson that begins now. */
  planDemoLesson(): Promise<Lesson> {
    return this.#call(Lesson, 'POST', '/api/demo/lessons', {});
  }

  changeState(lessonId: string, to: Exclude<LessonState, 'scheduled' | 'ready'>): Promise<Lesson> {
    return this.#call(Lesson, 'POST', `/api/lessons/${lessonId}/state`, { to });
  }

  ingestKey(lessonId: string): Promise<IngestKey> {
    return this.#call(IngestKey, 'POST', `/api/lessons/${lessonId}/ingest-keys`, {});
  }

  async #call<T>(schema: z.ZodType<T>, method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
    const answer = await this.http.send({
      method,
      path,
      headers: {
        ...(this.#cookie ? { Cookie: this.#cookie } : {}),
        ...(body ? { 'Content-Type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const [cookie] = answer.headers['set-cookie'] ?? [];
    if (cookie) this.#cookie = cookie.split(';')[0]!;
    if (answer.status >= 400) throw refusalOf(answer.body, answer.status);
    return schema.parse(JSON.parse(answer.body));
  }
}

/** The server's coded error, or its bare status where it sent none. */
export function refusalOf(body: string, status: number): TeachError {
  try {
    const { error } = z.object({ error: ErrorBody }).parse(JSON.parse(body));
    return new TeachError('REFUSED', error.code, { cause: error });
  } catch {
    return new TeachError('REFUSED', `HTTP ${status}`);
  }
}

/** Whether the server refused with one of these codes. */
export function isRefused(error: unknown, ...codes: ErrorBody['code'][]): boolean {
  return (
    error instanceof TeachError && error.code === 'REFUSED' && (codes as string[]).includes(error.subject)
  );
}
