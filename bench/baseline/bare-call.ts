import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { io, type Socket } from 'socket.io-client';
import { AppError, type Reply } from '#protocol/errors.ts';
import { type SfuCommand, type SfuCommandType, SfuReplies, type SfuReply } from '#protocol/sfu-node.ts';
import type { SfuControl } from '../load/light-peer.ts';

const MAIN = fileURLToPath(new URL('./bare-sfu.ts', import.meta.url));

/** The bare mediasoup process, and the line to it. */
export class BareCall implements SfuControl {
  readonly origin: string;
  readonly pid: number;
  readonly workerPid: number;
  readonly #process: ChildProcess;
  readonly #socket: Socket;

  /** @param page path of the script that its page loads. */
  static async start(page?: string): Promise<BareCall> {
    const child = fork(MAIN, { env: { ...process.env, ...(page && { BARE_PAGE: page }) } });
    const [ready] = (await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new Error('bare mediasoup ended at once'))),
    ])) as [{ port: number; workerPid: number }];
    return new BareCall(child, ready);
  }

  private constructor(child: ChildProcess, { port, workerPid }: { port: number; workerPid: number }) {
    this.#process = child;
    this.pid = child.pid!;
    this.workerPid = workerPid;
    this.origin = `http://localhost:${port}`;
    this.#socket = io(`http://127.0.0.1:${port}`, { transports: ['websocket'] });
  }

  async command<T extends SfuCommandType>(command: Extract<SfuCommand, { type: T }>): Promise<SfuReply<T>> {
    const reply = (await this.#socket.timeout(10_000).emitWithAck('command', command)) as Reply<unknown>;
    if (!reply.ok) throw new AppError(reply.error.code, reply.error.message);
    return SfuReplies[command.type].parse(reply.data) as SfuReply<T>;
  }

  async close(): Promise<void> {
    this.#socket.close();
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await gone;
  }
}
