import { io, type Socket } from 'socket.io-client';
import type { z } from 'zod';
import { AppError, type Reply } from '#protocol/errors.ts';
import { HEARTBEAT_MS, type Heartbeat, NODES_NAMESPACE, type NodeHello } from '#protocol/node.ts';
import type { Logger } from './logger.ts';

export interface NodeLinkOptions<Command extends { type: string }, Event> {
  url: string;
  hello: NodeHello;
  commands: z.ZodType<Command>;
  /** Carries out one command; what it throws goes back as a coded error. */
  handle(command: Command): Promise<unknown>;
  /** Everything the node carries, asked for at every (re)connect. */
  report(): unknown;
  load(): Omit<Heartbeat, 'at'>;
  logger: Logger;
  /** Only to fix the type of `emit`. */
  events?: z.ZodType<Event>;
}

/**
 * A media node's line to signaling: dials in, tells what it carries, answers commands, sends events and
 * heartbeats, and dials again for ever. While the line is down media goes on; events of that time are
 * dropped, because the report at the next connect says what is true then.
 */
export class NodeLink<Command extends { type: string }, Event> {
  readonly #socket: Socket;
  readonly #options: NodeLinkOptions<Command, Event>;
  readonly #heartbeat: NodeJS.Timeout;

  static connect<Command extends { type: string }, Event>(options: NodeLinkOptions<Command, Event>) {
    return new NodeLink(options);
  }

  private constructor(options: NodeLinkOptions<Command, Event>) {
    this.#options = options;
    const { logger } = options;
    this.#socket = io(new URL(NODES_NAMESPACE, options.url).href, {
      auth: options.hello,
      transports: ['websocket'],
      reconnectionDelay: 200,
      reconnectionDelayMax: 1000,
      forceNew: true,
    });
    this.#socket.on('connect', () => {
      logger.info({ url: options.url }, 'connected to signaling');
      this.#socket.emit('report', options.report());
      this.#beat();
    });
    this.#socket.on('connect_error', (error) =>
      logger.debug({ reason: error.message }, 'signaling not reached'),
    );
    this.#socket.on('disconnect', (reason) =>
      logger.warn({ reason }, 'line to signaling lost; media goes on'),
    );
    this.#socket.on('command', (raw: unknown, answer: unknown) => {
      if (typeof answer === 'function') void this.#answer(raw, answer as (reply: Reply<unknown>) => void);
    });
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS);
  }

  get connected(): boolean {
    return this.#socket.connected;
  }

  emit(event: Event): void {
    if (this.#socket.connected) this.#socket.emit('event', event);
  }

  close(): void {
    clearInterval(this.#heartbeat);
    this.#socket.close();
  }

  #beat(): void {
    if (this.#socket.connected)
      this.#socket.volatile.emit('heartbeat', { at: Date.now(), ...this.#options.load() });
  }

  async #answer(raw: unknown, answer: (reply: Reply<unknown>) => void): Promise<void> {
    const { commands, handle, logger } = this.#options;
    try {
      answer({ ok: true, data: (await handle(commands.parse(raw))) ?? {} });
    } catch (thrown) {
      const error = AppError.from(thrown);
      logger.warn({ type: (raw as { type?: unknown } | null)?.type, err: thrown }, 'command failed');
      answer({ ok: false, error: error.toBody() });
    }
  }
}
