import { createSocket } from 'node:dgram';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/* Below the ports that systems hand to outgoing connections (Linux: from 32768), which could take one meanwhile. */
const LOWEST = 12_000;
const HIGHEST = 32_000;
/** Ports come in steps, so that a program may also use the few behind its own. */
const STEP = 10;

/**
 * A port that is free for TCP and UDP on the loopback address, and the one behind it as well. Until this process
 * ends no other test process is given it, nor one of the `count` from it on: between the answer and a program that
 * listens seconds may pass.
 */
export async function freePort(count = STEP): Promise<number> {
  for (;;) {
    const port = LOWEST + STEP * Math.floor((Math.random() * (HIGHEST - count - LOWEST)) / STEP);
    if (!claim(port, count)) continue;
    const free = await Promise.all([tcpFree(port), udpFree(port), tcpFree(port + 1), udpFree(port + 1)]);
    if (free.every(Boolean)) return port;
  }
}

/** One file a step, with the process in it; what a process that ended left may be taken. */
function claim(port: number, count: number): boolean {
  const folder = join(tmpdir(), `three-classrooms-ports-${userInfo().uid}`);
  mkdirSync(folder, { recursive: true });
  for (let at = port; at < port + count; at += STEP) {
    const file = join(folder, String(at));
    if (!create(file) && (isHeld(file) || !create(file))) return false;
  }
  return true;
}

function create(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes the claim when its process is gone. A file without content is being written at this moment. */
function isHeld(file: string): boolean {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    if (pid === 0) return true;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // ENOENT: somebody else has just removed it. EPERM: another user's process, which lives.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') return true;
    rmSync(file, { force: true });
    return false;
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
