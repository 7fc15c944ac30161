import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { createLogger } from '#platform/logger.ts';
import { until } from '../../e2e/harness/until.ts';
import type { RecorderConnection, SfuConnection } from '../../signaling/src/node/node-pool.ts';
import { type NodePools, openNodesNamespace } from '../../signaling/src/node/nodes-namespace.ts';

/** Signaling's own door for media nodes with nothing behind it: lets a figure drive one node by its commands. */
export class NodeDoor {
  readonly port: number;
  readonly secret = randomBytes(16).toString('hex');
  readonly #http: HttpServer;
  readonly #io: Server;
  readonly #pools: NodePools;

  static async open(): Promise<NodeDoor> {
    const http = createServer();
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    return new NodeDoor(http);
  }

  private constructor(http: HttpServer) {
    this.#http = http;
    this.port = (http.address() as AddressInfo).port;
    this.#io = new Server(http);
    this.#pools = openNodesNamespace(this.#io, {
      secret: this.secret,
      commandTimeoutMs: 10_000,
      logger: createLogger('bench', 'silent'),
    });
  }

  /** The environment in which a node finds this door. */
  get env(): Record<string, string> {
    return { TC_NODES_URL: `http://127.0.0.1:${this.port}`, TC_NODES_SECRET: this.secret };
  }

  sfu(): Promise<SfuConnection> {
    return until('the sfu has dialled in', () => this.#pools.sfus.pick());
  }

  recorder(): Promise<RecorderConnection> {
    return until('the recorder has dialled in', () => this.#pools.recorders.pick());
  }

  async close(): Promise<void> {
    await this.#io.close();
    this.#http.close();
  }
}
