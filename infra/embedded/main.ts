import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { ConfigError, loadConfig } from '#platform/config.ts';
import { exitWithParent } from '#platform/parent.ts';
import { DemoPlayer, DemoRequest } from './demo-player.ts';
import { readableLine } from './log-line.ts';
import { lanAddresses, summary } from './summary.ts';
import { Supervisor } from './supervisor.ts';

// The whole platform on one machine: what `npm start` runs after its set-up.

const startedAt = Number(process.env.TC_STARTED_AT) || Date.now();
const root = fileURLToPath(new URL('../..', import.meta.url));
const readable = process.stdout.isTTY;
const say = (text: string) => process.stdout.write(`${text}\n`);
const note = (msg: string, fields: object = {}) => {
  const line = JSON.stringify({
    level: 40,
    time: new Date().toISOString(),
    name: 'supervisor',
    ...fields,
    msg,
  });
  say(readable ? readableLine('supervisor', line) : line);
};

const config = readConfig();
// Media nodes prove with it that they belong to this platform; nobody else has to know it.
const secret = config.nodes.secret || randomBytes(32).toString('base64url');

const env = { ...process.env, TC_NODES_SECRET: secret };
const onLine = (name: string, line: string) =>
  say(readable || !line.startsWith('{') ? readableLine(name, line) : line);
const demo = new DemoPlayer({
  file: 'infra/teach/main.ts',
  cwd: root,
  env,
  onLine: (line) => onLine('demo', line),
});

const supervisor = Supervisor.start({
  services: ['signaling', 'sfu', 'recorder'].map((name) => ({ name, file: `${name}/main.ts` })),
  cwd: root,
  env,
  onLine,
  onMessage: (_, message) => {
    const request = DemoRequest.safeParse(message);
    if (request.success) demo.play(request.data.demo.lessonId);
  },
  onDeath: (name, how, waitMs) => note(`${name} died and starts again`, { how, waitMs }),
  onHopeless: (name) => {
    note(`${name} does not start: its lines above say why`);
    void end(1);
  },
});

exitWithParent();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));

const ready = await supervisor.ready();
say(
  summary({
    httpPort: ready.httpPort ?? config.http.port,
    httpsPort: config.https.enabled ? (ready.httpsPort ?? config.https.port) : undefined,
    lanAddresses: lanAddresses(),
    demo: config.demo.enabled,
    firstStart: ready.firstStart,
    elapsedMs: Date.now() - startedAt,
    chinese: /^zh/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || ''),
  }),
);

async function end(code: number): Promise<void> {
  demo.stop();
  await supervisor.stop();
  process.exit(code);
}

function readConfig() {
  try {
    return loadConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(1);
  }
}
