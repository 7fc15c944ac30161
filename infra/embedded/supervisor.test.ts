import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from '@jest/globals';
import { Supervisor } from './supervisor.ts';

interface Line {
  service: string;
  msg: string;
  pid: number;
  helper: number;
  at: number;
}

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}.ts`, import.meta.url));
const running: Supervisor[] = [];

afterEach(async () => {
  for (const supervisor of running.splice(0)) await supervisor.stop();
});

function start(...fixtures: [name: string, file: string][]) {
  const lines: Line[] = [];
  const text: string[] = [];
  const deaths: string[] = [];
  const hopeless: string[] = [];
  const supervisor = Supervisor.start({
    services: fixtures.map(([name, file]) => ({ name, file: fixture(file) })),
    cwd: process.cwd(),
    env: { ...process.env, NODE_OPTIONS: '' },
    onMessage: () => {},
    onLine: (service, line) => {
      if (line.startsWith('{')) lines.push({ service, ...JSON.parse(line) });
      else text.push(line);
    },
    onDeath: (name, how) => deaths.push(`${name} ${how}`),
    onHopeless: (name) => hopeless.push(name),
  });
  running.push(supervisor);
  return { supervisor, lines, text, deaths, hopeless };
}

async function until(what: string, condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`not within 15 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('a service killed with -9 comes back, its own child ends, the other service goes on', async () => {
  const { supervisor, lines, deaths } = start(['a', 'service'], ['b', 'service']);
  expect(await supervisor.ready()).toEqual({ ready: true, httpPort: 1234 });
  await until('both said up', () => lines.length >= 2);
  const [a, b] = supervisor.services.map((service) => service.pid!);
  const helper = lines.find((line) => line.pid === a)!.helper;

  process.kill(a!, 'SIGKILL');
  await until('a is up again', () => lines.filter((line) => line.service === 'a').length === 2);

  expect(deaths).toEqual(['a SIGKILL']);
  expect(supervisor.services[0]!.pid).not.toBe(a);
  expect(supervisor.services[1]!.pid).toBe(b);
  expect(alive(b!)).toBe(true);
  await until('the helper of the dead service is gone', () => !alive(helper));
});

test('services end one after the other, the last started first', async () => {
  const { supervisor, lines } = start(['signaling', 'service'], ['sfu', 'service'], ['recorder', 'service']);
  await supervisor.ready();
  const pids = supervisor.services.map((service) => service.pid!);
  await supervisor.stop();
  const ended = lines.filter((line) => line.msg === 'ended').sort((x, y) => x.at - y.at);
  expect(ended.map((line) => line.service)).toEqual(['recorder', 'sfu', 'signaling']);
  expect(pids.some(alive)).toBe(false);
});

test('a service that never gets ready is given up after a few starts', async () => {
  const { text, deaths, hopeless } = start(['x', 'hopeless']);
  await until('it is given up', () => hopeless.length === 1);
  expect(deaths).toHaveLength(3);
  expect(text).toEqual(Array(4).fill('port is taken'));
});

test('a supervisor killed with -9 leaves no process behind', async () => {
  const supervisor = spawn(process.execPath, [fixture('supervisor')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pids: number[] = [];
  createInterface({ input: supervisor.stdout! }).on('line', (line) => {
    const record = JSON.parse(line) as Line;
    if (record.msg === 'up') pids.push(record.pid, record.helper);
  });
  await until('both services are up', () => pids.length === 4);
  supervisor.kill('SIGKILL');
  await until('all four processes are gone', () => !pids.some(alive));
});
