import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { AppError, type ErrorCode, type Reply } from '#protocol/errors.ts';
import { type Heartbeat, NODES_NAMESPACE, NodeHello } from '#protocol/node.ts';
import {
  type SfuCommand,
  type SfuCommandType,
  SfuEvent,
  SfuReplies,
  type SfuReply,
  SfuReport,
} from '#protocol/sfu-node.ts';

/**
 * Signaling's side of the `/nodes` namespace for tests of this service: a real socket.io server that checks
 * everything the node says against the protocol.
 */
export class ControlServer {
  readonly url: string;
  readonly events: SfuEvent[] = [];
  readonly reports: SfuReport[] = [];
  readonly hellos: NodeHello[] = [];
  readonly heartbeats: Heartbeat[] = [];
  readonly #io: Server;
  #node: Socket | undefined;

  static async start(port = 0): Promise<ControlServer> {
    const http = createServer();
    const io = new Server(http);
    http.listen(port, '127.0.0.1');
    await once(http, 'listening');
    return new ControlServer(io, (http.address() as AddressInfo).port);
  }

  private constructor(io: Server, port: number) {
    this.url = `http://127.0.0.1:${port}`;
    this.#io = io;
    io.of(NODES_NAMESPACE).on('connection', (socket) => {
      this.hellos.push(NodeHello.parse(socket.handshake.auth));
      socket.on('event', (event) => this.events.push(SfuEvent.parse(event)));
      socket.on('heartbeat', (heartbeat) => this.heartbeats.push(heartbeat));
      socket.on('report', (report) => {
        this.reports.push(SfuReport.parse(report));
        this.#node = socket;
      });
    });
  }

  get port(): number {
    return Number(new URL(this.url).port);
  }

  /** Sends a command and returns its checked answer. @throws AppError with the node's code. */
  async command<T extends SfuCommandType>(command: Extract<SfuCommand, { type: T }>): Promise<SfuReply<T>> {
    const reply = await this.raw(command);
    if (!reply.ok) throw new AppError(reply.error.code, reply.error.message);
    return SfuReplies[command.type].parse(reply.data) as SfuReply<T>;
  }

  async raw(command: unknown): Promise<Reply<unknown>> {
    await until(() => this.#node?.connected, 'no node is connected');
    return this.#node!.timeout(10_000).emitWithAck('command', command);
  }

  async codeOf(command: unknown): Promise<ErrorCode | 'ok'> {
    const reply = await this.raw(command);
    return reply.ok ? 'ok' : reply.error.code;
  }

  event<T extends SfuEvent['type']>(type: T): Promise<Extract<SfuEvent, { type: T }>> {
    return until(
      () => this.events.find((event) => event.type === type) as Extract<SfuEvent, { type: T }> | undefined,
      `no event ${type}`,
    );
  }

  async close(): Promise<void> {
    await this.#io.close();
  }
}

/** Polls until `probe` gives something, at most `withinMs`. */
export async function until<T>(
  probe: () => T | Promise<T>,
  complaint: string,
  withinMs = 10_000,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const value = await probe();
    if (value) return value as NonNullable<T>;
    if (Date.now() > deadline) throw new Error(`${complaint} within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
