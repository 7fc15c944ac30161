import { EventEmitter } from 'node:events';
import type { Socket } from 'socket.io';
import type { Logger } from '#platform/logger.ts';
import type { NodeHello } from '#protocol/node.ts';
import type {
  RecorderCommand,
  RecorderEvent,
  RecorderReplies,
  RecorderReport,
} from '#protocol/recorder-node.ts';
import type { SfuCommand, SfuEvent, SfuReplies, SfuReport } from '#protocol/sfu-node.ts';
import { NodeConnection } from './node-connection.ts';

export interface NodeKindMap {
  sfu: { command: SfuCommand; replies: typeof SfuReplies; report: SfuReport; event: SfuEvent };
  recorder: {
    command: RecorderCommand;
    replies: typeof RecorderReplies;
    report: RecorderReport;
    event: RecorderEvent;
  };
}
export type ConnectionOf<K extends keyof NodeKindMap> = NodeConnection<
  NodeKindMap[K]['command'],
  NodeKindMap[K]['replies']
>;
export type SfuConnection = ConnectionOf<'sfu'>;
export type RecorderConnection = ConnectionOf<'recorder'>;

interface PoolEvents<K extends keyof NodeKindMap> {
  /** A node has connected and told what it carries. `restarted`: an earlier process of the same name is dead. */
  reported: [ConnectionOf<K>, NodeKindMap[K]['report']];
  said: [ConnectionOf<K>, NodeKindMap[K]['event']];
  gone: [ConnectionOf<K>];
}

/** The media nodes of one kind that have dialled in and reported. */
export class NodePool<K extends keyof NodeKindMap> extends EventEmitter<PoolEvents<K>> {
  readonly kind: K;
  readonly #logger: Logger;
  readonly #ready = new Set<ConnectionOf<K>>();

  constructor(kind: K, logger: Logger) {
    super();
    this.kind = kind;
    this.#logger = logger;
  }

  get size(): number {
    return this.#ready.size;
  }

  /** The least loaded node, or null. */
  pick(): ConnectionOf<K> | null {
    return [...this.#ready].sort((a, b) => (a.heartbeat?.load ?? 0) - (b.heartbeat?.load ?? 0))[0] ?? null;
  }

  connection(socket: Socket, hello: NodeHello, replies: NodeKindMap[K]['replies'], timeoutMs: number) {
    return new NodeConnection<NodeKindMap[K]['command'], NodeKindMap[K]['replies']>(
      socket,
      hello,
      replies,
      timeoutMs,
    );
  }

  reported(connection: ConnectionOf<K>, report: NodeKindMap[K]['report']): void {
    this.#logger.info({ kind: this.kind, node: connection.hello.name }, 'media node connected');
    this.#ready.add(connection);
    (this as EventEmitter).emit('reported', connection, report);
  }

  said(connection: ConnectionOf<K>, event: NodeKindMap[K]['event']): void {
    (this as EventEmitter).emit('said', connection, event);
  }

  gone(connection: ConnectionOf<K>): void {
    if (!this.#ready.delete(connection)) return;
    this.#logger.warn({ kind: this.kind, node: connection.hello.name }, 'media node gone');
    (this as EventEmitter).emit('gone', connection);
  }
}
