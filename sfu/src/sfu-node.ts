import { hostname } from 'node:os';
import type { Config } from '#platform/config.ts';
import { newId } from '#platform/ids.ts';
import type { Logger } from '#platform/logger.ts';
import { NodeLink } from '#platform/node-link.ts';
import { SfuCommand, type SfuEvent } from '#protocol/sfu-node.ts';
import { carryOut } from './commands.ts';
import { LoadMeter } from './load.ts';
import { reportOf } from './report.ts';
import { Rooms } from './rooms.ts';
import { WorkerPool } from './worker-pool.ts';

export interface SfuNodeOptions {
  config: Config;
  version: string;
  logger: Logger;
}

/** The whole service: workers, rooms and the line to signaling. */
export class SfuNode {
  readonly #pool: WorkerPool;
  readonly #load: LoadMeter;
  readonly #link: NodeLink<SfuCommand, SfuEvent>;

  /** @throws when the workers cannot start or their ports are taken. */
  static async start(options: SfuNodeOptions): Promise<SfuNode> {
    const pool = await WorkerPool.create(options.config.sfu, options.logger);
    return new SfuNode(pool, options);
  }

  private constructor(pool: WorkerPool, { config, version, logger }: SfuNodeOptions) {
    this.#pool = pool;
    const rooms = new Rooms(pool, config.sfu, (event) => this.#link.emit(event));
    this.#load = new LoadMeter(pool, rooms);
    this.#link = NodeLink.connect<SfuCommand, SfuEvent>({
      url: config.nodes.url || `http://127.0.0.1:${config.http.port}`,
      hello: {
        kind: 'sfu',
        name: `${hostname()}:${config.sfu.port}`,
        nodeId: newId(),
        secret: config.nodes.secret,
        version,
      },
      commands: SfuCommand,
      handle: (command) => carryOut(rooms, command),
      report: () => reportOf(rooms.open),
      load: () => this.#load.read(),
      logger,
    });
  }

  close(): void {
    this.#link.close();
    this.#load.close();
    this.#pool.close();
  }
}
