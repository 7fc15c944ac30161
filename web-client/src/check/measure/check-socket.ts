import { io, type Socket } from 'socket.io-client';
import {
  CHECK_NAMESPACE,
  CheckReplies,
  type CheckReply,
  type CheckRequest,
  type CheckRequestType,
} from '#protocol/check-socket.ts';
import { ErrorBody, ReplyEnvelope } from '#protocol/errors.ts';
import { ClientError } from '../../lesson/client-error.ts';

const REQUEST_TIMEOUT_MS = 10_000;
const CONNECT_TIMEOUT_MS = 6_000;

export type CheckBody<T extends CheckRequestType> = Omit<Extract<CheckRequest, { type: T }>, 'type'>;

/** A page's line to signaling while it checks. Dials once: a line that does not come is a finding. */
export class CheckSocket {
  readonly #socket: Socket;

  /** @throws ClientError NETWORK, or the code with which the platform refused */
  static async open(origin = location.origin): Promise<CheckSocket> {
    const socket = io(new URL(CHECK_NAMESPACE, origin).href, {
      transports: ['websocket'],
      withCredentials: true,
      reconnection: false,
      forceNew: true,
      timeout: CONNECT_TIMEOUT_MS,
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', (error: Error & { data?: unknown }) => {
        socket.close();
        const body = ErrorBody.safeParse(error.data);
        reject(body.success ? ClientError.fromBody(body.data) : new ClientError('NETWORK', error.message));
      });
    });
    return new CheckSocket(socket);
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** @throws ClientError the server's own code, or NETWORK */
  async request<T extends CheckRequestType>(type: T, body: CheckBody<T>): Promise<CheckReply<T>> {
    let raw: unknown;
    try {
      raw = await this.#socket.timeout(REQUEST_TIMEOUT_MS).emitWithAck('request', { type, ...body });
    } catch (error) {
      throw new ClientError('NETWORK', `${type}: no answer`, { cause: error });
    }
    const envelope = ReplyEnvelope.parse(raw);
    if (!envelope.ok) throw ClientError.fromBody(envelope.error);
    return CheckReplies[type].parse(envelope.data) as CheckReply<T>;
  }

  /** The probe ends with the line. */
  close(): void {
    this.#socket.close();
  }
}
