import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/* Below the ports that systems hand to outgoing connections (Linux: from 32768), which could take one meanwhile. */
const LOWEST = 12_000;
const HIGHEST = 32_000;
/** Ports come in steps, so that a program may also use the few behind its own. */
const STEP = 10;

/** A port that is free for TCP and UDP on the loopback address at this moment, and the one behind it as well. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST + STEP * Math.floor((Math.random() * (HIGHEST - LOWEST)) / STEP);
    const free = await Promise.all([tcpFree(port), udpFree(port), tcpFree(port + 1), udpFree(port + 1)]);
    if (free.every(Boolean)) return port;
  }
}

function tcpFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

function udpFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4').once('error', () => resolve(false));
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)));
  });
}
