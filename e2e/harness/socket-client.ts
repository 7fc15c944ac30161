import { io, type Socket } from 'socket.io-client';
import { ErrorBody, ReplyEnvelope } from '#protocol/errors.ts';
import { LESSON_NAMESPACE, LessonReplies, type LessonReply } from '#protocol/lesson-socket.ts';
import type { Api } from './api.ts';

const ANSWER_MS = 20_000;

/** A program that speaks to the lesson socket as a page does, or as no page would. */
export class SocketClient {
  readonly #socket: Socket;

  /** Connects with the cookie of `api`. Throws an error whose message is the refusal's code. */
  static async connect(
    api: Api,
    headers: Record<string, string> = {},
    namespace = LESSON_NAMESPACE,
  ): Promise<SocketClient> {
    const socket = io(new URL(namespace, api.origin).href, {
      transports: ['websocket'],
      extraHeaders: { cookie: api.cookie, ...headers },
      reconnection: false,
      forceNew: true,
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', (error: Error & { data?: unknown }) => {
        socket.close();
        const body = ErrorBody.safeParse(error.data);
        reject(new Error(body.success ? body.data.code : error.message));
      });
    });
    return new SocketClient(socket);
  }

  /** Everything that the server told this page, in order. */
  readonly messages: unknown[] = [];

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('message', (message: unknown) => this.messages.push(message));
  }

  /** Sends whatever it is given; returns the reply's error code, or null when it was carried out. */
  async ask(request: unknown): Promise<string | null> {
    const reply = ReplyEnvelope.parse(await this.#socket.timeout(ANSWER_MS).emitWithAck('request', request));
    return reply.ok ? null : reply.error.code;
  }

  /** The whole error of a request that is refused. */
  async refusal(request: unknown): Promise<ErrorBody> {
    const reply = ReplyEnvelope.parse(await this.#socket.timeout(ANSWER_MS).emitWithAck('request', request));
    if (reply.ok) throw new Error('it was carried out');
    return reply.error;
  }

  /** Takes the seat anew, as a freshly opened page does. */
  async join(lessonId: string): Promise<LessonReply<'join'>> {
    const request = { type: 'join', lessonId, afterSeq: 0, resumeKey: null };
    const reply = ReplyEnvelope.parse(await this.#socket.timeout(ANSWER_MS).emitWithAck('request', request));
    if (!reply.ok) throw new Error(reply.error.code);
    return LessonReplies.join.parse(reply.data);
  }

  async createTransport(direction: 'send' | 'recv'): Promise<string> {
    const request = { type: 'transport.create', direction };
    const reply = ReplyEnvelope.parse(await this.#socket.timeout(ANSWER_MS).emitWithAck('request', request));
    if (!reply.ok) throw new Error(reply.error.code);
    return LessonReplies['transport.create'].parse(reply.data).transportId;
  }

  /** Events as socket.io sends them, of any name and with any arguments, without waiting for an answer. */
  emitRaw(name: string, ...args: unknown[]): void {
    this.#socket.emit(name, ...args);
  }

  get connected(): boolean {
    return this.#socket.connected;
  }

  close(): void {
    this.#socket.close();
  }
}
