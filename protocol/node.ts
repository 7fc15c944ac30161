import { z } from 'zod';

/*
 * The socket between a media node (sfu, recorder) and signaling: socket.io namespace `/nodes`. The node
 * dials in with a NodeHello in the handshake's `auth`, then emits `report` (what it carries, before any
 * command is sent to it), `heartbeat` and `event`; signaling emits `command` and is answered with a Reply.
 */
export const NODES_NAMESPACE = '/nodes';

export const NodeKind = z.enum(['sfu', 'recorder']);
export type NodeKind = z.infer<typeof NodeKind>;

export const NodeHello = z.object({
  kind: NodeKind,
  /** The same at every start of this node (machine and port): a known name with a new id is a restart. */
  name: z.string().min(1).max(128),
  /** Made anew at every start of the node's process: a changed id means that what the old one carried is gone. */
  nodeId: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/),
  secret: z.string().min(1).max(256),
  version: z.string().max(32),
});
export type NodeHello = z.infer<typeof NodeHello>;

export const Heartbeat = z.object({
  at: z.number(),
  /** Share of the node's capacity in use, 0 to 1. */
  load: z.number().min(0),
  detail: z.record(z.string(), z.number()),
});
export type Heartbeat = z.infer<typeof Heartbeat>;
export const HEARTBEAT_MS = 2_000;
