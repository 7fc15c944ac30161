import { timingSafeEqual } from 'node:crypto';
import type { Namespace, Server, Socket } from 'socket.io';
import type { Logger } from '#platform/logger.ts';
import { Heartbeat, NODES_NAMESPACE, NodeHello } from '#protocol/node.ts';
import { RecorderEvent, RecorderReplies, RecorderReport } from '#protocol/recorder-node.ts';
import { SfuEvent, SfuReplies, SfuReport } from '#protocol/sfu-node.ts';
import { type NodeKindMap, NodePool } from './node-pool.ts';

const SCHEMAS = {
  sfu: { report: SfuReport, event: SfuEvent, replies: SfuReplies },
  recorder: { report: RecorderReport, event: RecorderEvent, replies: RecorderReplies },
} as const;

export interface NodePools {
  sfus: NodePool<'sfu'>;
  recorders: NodePool<'recorder'>;
}

/** The door for media nodes: checks the credential, then hands each line to its pool. */
export function openNodesNamespace(
  io: Server,
  options: { secret: string; commandTimeoutMs: number; logger: Logger },
): NodePools {
  const { secret, commandTimeoutMs, logger } = options;
  const pools: NodePools = { sfus: new NodePool('sfu', logger), recorders: new NodePool('recorder', logger) };
  const namespace: Namespace = io.of(NODES_NAMESPACE);
  namespace.use((socket, next) => {
    const hello = NodeHello.safeParse(socket.handshake.auth);
    if (!hello.success || !sameSecret(hello.data.secret, secret)) {
      logger.warn({ address: socket.handshake.address }, 'refused a node: wrong credential or hello');
      return next(new Error('FORBIDDEN'));
    }
    socket.data.hello = hello.data;
    next();
  });
  namespace.on('connection', (socket) => {
    const hello = socket.data.hello as NodeHello;
    if (hello.kind === 'sfu') serve(socket, hello, 'sfu', pools.sfus, commandTimeoutMs, logger);
    else serve(socket, hello, 'recorder', pools.recorders, commandTimeoutMs, logger);
  });
  return pools;
}

function serve<K extends keyof NodeKindMap>(
  socket: Socket,
  hello: NodeHello,
  kind: K,
  pool: NodePool<K>,
  timeoutMs: number,
  logger: Logger,
): void {
  const { report, event, replies } = SCHEMAS[kind];
  const connection = pool.connection(socket, hello, replies as never, timeoutMs);
  socket.on('report', (raw: unknown) => {
    const parsed = report.safeParse(raw);
    if (parsed.success) pool.reported(connection, parsed.data as NodeKindMap[K]['report']);
    else {
      logger.error(
        { node: hello.name, issue: parsed.error.issues[0] },
        'a node sent a malformed report; line closed',
      );
      socket.disconnect(true);
    }
  });
  socket.on('event', (raw: unknown) => {
    const parsed = event.safeParse(raw);
    if (parsed.success) pool.said(connection, parsed.data as NodeKindMap[K]['event']);
    else logger.error({ node: hello.name, issue: parsed.error.issues[0] }, 'a node sent a malformed event');
  });
  socket.on('heartbeat', (raw: unknown) => {
    const parsed = Heartbeat.safeParse(raw);
    if (parsed.success) connection.heartbeat = parsed.data;
  });
  socket.on('disconnect', () => pool.gone(connection));
}

function sameSecret(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return expected.length > 0 && a.length === b.length && timingSafeEqual(a, b);
}
