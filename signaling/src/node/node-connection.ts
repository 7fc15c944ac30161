import type { Socket } from 'socket.io';
import type { z } from 'zod';
import { AppError, ReplyEnvelope } from '#protocol/errors.ts';
import type { Heartbeat, NodeHello } from '#protocol/node.ts';

/**
 * Signaling's end of one media node's line. `Replies` maps each command's type to the schema of its
 * answer: what a node says is checked like what a page says.
 */
export class NodeConnection<Command extends { type: string }, Replies extends Record<string, z.ZodType>> {
  readonly hello: NodeHello;
  heartbeat: Heartbeat | null = null;
  readonly #socket: Socket;
  readonly #replies: Replies;
  readonly #timeoutMs: number;

  constructor(socket: Socket, hello: NodeHello, replies: Replies, timeoutMs: number) {
    this.#socket = socket;
    this.hello = hello;
    this.#replies = replies;
    this.#timeoutMs = timeoutMs;
  }

  get connected(): boolean {
    return this.#socket.connected;
  }

  /**
   * Sends one command.
   * @throws AppError the node's own coded error; NODE_TIMEOUT when it does not answer; NODE_ERROR when its
   * line breaks or its answer is not of the agreed shape.
   */
  async command<T extends Command['type'] & keyof Replies>(
    command: Extract<Command, { type: T }>,
  ): Promise<z.infer<Replies[T]>> {
    if (!this.#socket.connected) throw new AppError('NODE_ERROR', 'the node is not connected');
    const raw: unknown = await this.#socket
      .timeout(this.#timeoutMs)
      .emitWithAck('command', command)
      .catch((error: unknown) => {
        throw new AppError(
          this.#socket.connected ? 'NODE_TIMEOUT' : 'NODE_ERROR',
          `${command.type} unanswered`,
          {
            cause: error,
          },
        );
      });
    const reply = ReplyEnvelope.safeParse(raw);
    if (!reply.success) throw new AppError('NODE_ERROR', `${command.type}: malformed reply`);
    if (!reply.data.ok) throw new AppError(reply.data.error.code, reply.data.error.message);
    const data = this.#replies[command.type as T]!.safeParse(reply.data.data);
    if (!data.success) {
      throw new AppError(
        'NODE_ERROR',
        `${command.type}: ${data.error.issues[0]?.message ?? 'malformed data'}`,
      );
    }
    return data.data as z.infer<Replies[T]>;
  }
}
