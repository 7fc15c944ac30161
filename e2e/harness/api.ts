import type { z } from 'zod';
import { type CoursewareDocument, Uploaded } from '#protocol/courseware.ts';
import { Account, Lesson } from '#protocol/domain.ts';
import { ErrorBody } from '#protocol/errors.ts';
import { Replay, TimelinePage } from '#protocol/rest.ts';
import { Session } from '#protocol/session.ts';
import type { EventBody, EventType, TimelineEvent } from '#protocol/timeline.ts';
import { until } from './until.ts';

/** An answer of the platform, whatever it was. */
export interface Answer {
  status: number;
  body: unknown;
  headers: Headers;
}

/** A program that speaks HTTP with the platform, signed in as one account or not at all. */
export class Api {
  readonly origin: string;
  readonly account: Account | null;
  readonly cookie: string;

  /** Not signed in. */
  static anonymous(origin: string): Api {
    return new Api(origin, null, '');
  }

  /** Signs in as one of the demo's people or classrooms, by name. */
  static async signIn(origin: string, name: string): Promise<Api> {
    const anonymous = Api.anonymous(origin);
    const accounts = Account.array().parse((await anonymous.ask('GET', '/api/demo/accounts')).body);
    const account = accounts.find((known) => known.name === name);
    if (!account) throw new Error(`the demo has nobody named ${name}`);
    const answer = await anonymous.ask('POST', '/api/session', { accountId: account.accountId });
    Session.parse(answer.body);
    return new Api(origin, account, answer.headers.get('set-cookie')?.split(';')[0] ?? '');
  }

  private constructor(origin: string, account: Account | null, cookie: string) {
    this.origin = origin;
    this.account = account;
    this.cookie = cookie;
  }

  async ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(new URL(path, this.origin), {
      method,
      headers: {
        ...(this.cookie && { cookie: this.cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers };
  }

  /** Asks and reads the answer by its schema; an error becomes an exception with its code. */
  async get<T>(schema: z.ZodType<T>, method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.ask(method, path, body);
    if (answer.status >= 400)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return schema.parse(answer.body);
  }

  /** Sends a file into a lesson, as pages do. */
  async send(
    lessonId: string,
    file: Uint8Array,
    { name, purpose = 'board' }: { name: string; purpose?: 'board' | 'photo' },
  ): Promise<Answer> {
    const query = new URLSearchParams({ name, purpose });
    const response = await fetch(new URL(`/api/lessons/${lessonId}/documents?${query}`, this.origin), {
      method: 'POST',
      headers: { cookie: this.cookie, 'content-type': 'application/octet-stream' },
      body: Uint8Array.from(file),
    });
    return { status: response.status, body: await response.json(), headers: response.headers };
  }

  async upload(
    lessonId: string,
    file: Uint8Array,
    options: { name: string; purpose?: 'board' | 'photo' },
  ): Promise<CoursewareDocument> {
    const answer = await this.send(lessonId, file, options);
    if (answer.status !== 201) throw new Error(`upload: ${answer.status} ${JSON.stringify(answer.body)}`);
    return Uploaded.parse(answer.body).document;
  }

  /** One more lesson of the demo's plan, that begins now. */
  planLesson = (): Promise<Lesson> => this.get(Lesson, 'POST', '/api/demo/lessons');

  lesson = (lessonId: string): Promise<Lesson> => this.get(Lesson, 'GET', `/api/lessons/${lessonId}`);

  changeState = (lessonId: string, to: 'open' | 'live' | 'ended'): Promise<Lesson> =>
    this.get(Lesson, 'POST', `/api/lessons/${lessonId}/state`, { to });

  timeline = (lessonId: string): Promise<TimelineEvent[]> =>
    this.get(TimelinePage, 'GET', `/api/lessons/${lessonId}/timeline`);

  replay = (lessonId: string): Promise<Replay> => this.get(Replay, 'GET', `/api/lessons/${lessonId}/replay`);

  async events<T extends EventType>(lessonId: string, type: T): Promise<Extract<EventBody, { type: T }>[]> {
    const events = await this.timeline(lessonId);
    return events.flatMap(({ body }) =>
      body.type === type ? [body as Extract<EventBody, { type: T }>] : [],
    );
  }

  async untilReady(lessonId: string): Promise<Lesson> {
    return await until('the lesson is ready', async () => {
      const lesson = await this.lesson(lessonId);
      return lesson.state === 'ready' && lesson;
    });
  }
}

/** The code of an error answer. */
export function codeOf({ body }: Answer): string {
  return ErrorBody.parse((body as { error: unknown }).error).code;
}
