import { io, type Socket } from 'socket.io-client';
import { ErrorBody, ReplyEnvelope } from '#protocol/errors.ts';
import {
  LESSON_NAMESPACE,
  LessonMessage,
  type LessonReply,
  type LessonRequest,
  type LessonRequestType,
  replySchema,
} from '#protocol/lesson-socket.ts';
import { ClientError } from './client-error.ts';

/** Longer than signaling waits for a media node, so that its coded answer comes first. */
const REQUEST_TIMEOUT_MS = 10_000;
const RETRY_MS = 1_000;

export type RequestBody<T extends LessonRequestType> = Omit<Extract<LessonRequest, { type: T }>, 'type'>;

export interface LessonSocketEvents {
  connected(): void;
  disconnected(): void;
  message(message: LessonMessage): void;
  /** The server does not want this page (NOT_SIGNED_IN …); the socket does not try again. */
  refused(error: ClientError): void;
}

/** The page's line to signaling: typed requests, validated answers, dials again for ever. */
export class LessonSocket {
  readonly #socket: Socket;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(origin: string, events: LessonSocketEvents) {
    this.#socket = io(new URL(LESSON_NAMESPACE, origin).href, {
      transports: ['websocket'],
      withCredentials: true,
      reconnectionDelay: 200,
      reconnectionDelayMax: 2_000,
      forceNew: true,
      autoConnect: false,
    });
    this.#socket.on('connect', () => events.connected());
    this.#socket.on('disconnect', (reason) => {
      events.disconnected();
      // socket.io leaves this one reason to the caller: the server closed the socket on purpose or is going down.
      if (reason === 'io server disconnect') this.#socket.connect();
    });
    this.#socket.on('connect_error', (error: Error & { data?: unknown }) => {
      const body = ErrorBody.safeParse(error.data);
      if (!body.success) return; // The line, not an answer: socket.io goes on by itself.
      const refusal = ClientError.fromBody(body.data);
      if (refusal.retry) this.#retry = setTimeout(() => this.#socket.connect(), RETRY_MS);
      else events.refused(refusal);
    });
    this.#socket.on('message', (raw: unknown) => {
      const message = LessonMessage.safeParse(raw);
      // A newer server may say more than this page knows: that is not an error of the lesson.
      if (message.success) events.message(message.data);
      else console.warn('message not understood', message.error.issues[0]);
    });
  }

  get connected(): boolean {
    return this.#socket.connected;
  }

  open(): void {
    this.#socket.connect();
  }

  /** Drops the line and dials again at once: everything is then told anew. */
  redial(): void {
    this.#socket.disconnect().connect();
  }

  close(): void {
    clearTimeout(this.#retry);
    this.#socket.disconnect();
  }

  /**
   * Asks and waits for the answer. Throws a ClientError: the server's own code, or NETWORK when the
   * line is down or breaks before the answer (then nobody knows whether it was carried out).
   */
  async request<T extends LessonRequestType>(type: T, body: RequestBody<T>): Promise<LessonReply<T>> {
    if (!this.#socket.connected) throw new ClientError('NETWORK', `${type}: not connected`);
    let raw: unknown;
    try {
      raw = await this.#socket.timeout(REQUEST_TIMEOUT_MS).emitWithAck('request', { type, ...body });
    } catch (error) {
      throw new ClientError('NETWORK', `${type}: no answer`, { cause: error });
    }
    const envelope = ReplyEnvelope.parse(raw);
    if (!envelope.ok) throw ClientError.fromBody(envelope.error);
    return replySchema(type).parse(envelope.data) as LessonReply<T>;
  }
}
