import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';

/** The least that a control action can be: socket.io passes an event from one client to the others of a room. */
export const BareRelay = {
  /** ms of each of `count` events from one client to another. */
  async measure(count: number): Promise<number[]> {
    const server = createServer();
    const relay = new Server(server, { serveClient: false });
    relay.on('connection', (socket) => {
      void socket.join('room');
      socket.on('act', (body: unknown) => relay.to('room').emit('act', body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const [from, to] = await Promise.all([dial(origin), dial(origin)]);
    const samples: number[] = [];
    for (let event = 0; event < count; event++) {
      const seen = new Promise<void>((resolve) => to.once('act', () => resolve()));
      const at = performance.now();
      from.emit('act', { event });
      await seen;
      samples.push(performance.now() - at);
    }
    from.close();
    to.close();
    await relay.close();
    return samples;
  },
};

async function dial(origin: string): Promise<Socket> {
  const socket = io(origin, { transports: ['websocket'], forceNew: true });
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  return socket;
}
