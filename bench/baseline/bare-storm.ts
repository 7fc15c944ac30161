import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import type { Say } from '../figure.ts';

/** ms from dialling to being in a room, for `count` clients of a server that does nothing else. */
export async function stormBare(count: number, withinMs: number, say: Say): Promise<number[]> {
  const server = createServer();
  const bare = new Server(server, { serveClient: false });
  bare.on('connection', (socket) => {
    socket.on('join', (room: string, answer: () => void) => {
      void socket.join(room);
      answer();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sockets: Socket[] = [];
  const running: Promise<number>[] = [];
  for (let client = 0; client < count; client++) {
    running.push(
      (async () => {
        const at = performance.now();
        const socket = io(origin, { transports: ['websocket'], forceNew: true });
        sockets.push(socket);
        await new Promise<void>((resolve) => socket.once('connect', resolve));
        await socket.emitWithAck('join', `room ${client % 300}`);
        return performance.now() - at;
      })(),
    );
    await sleep(withinMs / count);
  }
  const samples = await Promise.all(running);
  for (const socket of sockets) socket.close();
  await bare.close();
  say(`bare socket.io: ${count} clients are in`);
  return samples;
}
