#!/usr/bin/env node
// Entry of every npm script: does what set-up a verb still lacks, then runs it under the
// pinned Node. Only Node's own modules here: this runs before anything is installed.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { runChecks } from './checks.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureFfmpeg } from './ffmpeg.mjs';
import { ensureNginx } from './nginx.mjs';
import { ensurePackages } from './packages.mjs';
import { root } from './paths.mjs';
import { ensurePostgres } from './postgres.mjs';
import { step, words } from './report.mjs';
import { ensureRuntime } from './runtime.mjs';
import { SetupError } from './shell.mjs';
import { runTests } from './tests.mjs';
import { ensureWebClient } from './web.mjs';
import { ensureWorker } from './worker.mjs';
import { ensureXvfb } from './xvfb.mjs';

/** What each verb needs beyond Node and the packages, and what it then does. */
const verbs = {
  start: { needs: ['worker', 'ffmpeg', 'web'], act: program('infra/embedded/main.ts') },
  test: { needs: ['worker', 'ffmpeg', 'chromium', 'postgres', 'nginx', 'web'], act: runTests },
  bench: {
    needs: ['worker', 'ffmpeg', 'chromium', 'postgres', 'nginx', 'xvfb', 'web'],
    act: program('bench/main.ts'),
  },
  teach: { needs: ['ffmpeg'], act: program('infra/teach/main.ts') },
  blobs: { needs: [], act: program('infra/blobs/main.ts') },
  accounts: { needs: [], act: program('infra/accounts/main.ts') },
  resources: { needs: [], act: program('infra/resources/main.ts') },
  county: { needs: [], act: program('infra/county/main.ts') },
  audit: { needs: [], act: program('infra/audit/main.ts') },
  backup: { needs: [], act: program('infra/backup/main.ts', 'backup') },
  restore: { needs: [], act: program('infra/backup/main.ts', 'restore') },
  check: { needs: [], act: runChecks },
};

const steps = {
  worker: [words('media worker', '媒体引擎'), ensureWorker, 'MEDIASOUP_WORKER_BIN'],
  ffmpeg: ['ffmpeg', ensureFfmpeg, 'FFMPEG_BIN'],
  chromium: ['Chromium', ensureChromium, 'CHROMIUM_BIN'],
  postgres: ['PostgreSQL', ensurePostgres, 'POSTGRES_BIN'],
  nginx: ['nginx', ensureNginx, 'NGINX_BIN'],
  xvfb: ['Xvfb', ensureXvfb, 'XVFB_BIN'],
  web: [words('web pages', '网页'), ensureWebClient, undefined],
};

const [verb, ...args] = process.argv.slice(2);

try {
  if (!Object.hasOwn(verbs, verb ?? '')) {
    throw new SetupError(`usage: node infra/bootstrap/run.mjs ${Object.keys(verbs).join('|')} [arguments]`);
  }
  process.exitCode = await go(verbs[verb]);
} catch (error) {
  process.stderr.write(`${error instanceof SetupError ? error.message : error.stack}\n`);
  process.exitCode = 1;
}

async function go({ needs, act }) {
  const since = Date.now();
  const node = await step('Node', (say) => ensureRuntime({ say }));
  await step(words('npm packages', 'npm 软件包'), (say) => ensurePackages({ node, say }));
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}` };
  for (const need of needs) {
    const [title, ensure, variable] = steps[need];
    const found = await step(title, (say) => ensure({ node, say }));
    if (variable) env[variable] = found;
  }
  env.TC_STARTED_AT = String(since);
  return act({ node, env, args });
}

/** Runs a TypeScript program of the platform in the foreground; the result is its exit code. */
function program(file, ...first) {
  return ({ node, env, args }) =>
    new Promise((resolve) => {
      // The channel tells the program when this process is gone, however it went.
      const child = spawn(node, [path.join(root, file), ...first, ...args], {
        cwd: root,
        env,
        stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      });
      /** @type {NodeJS.Signals[]} */
      const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
      for (const signal of signals) process.on(signal, () => child.kill(signal));
      child.once('error', (error) => {
        process.stderr.write(`${error.message}\n`);
        resolve(1);
      });
      child.once('close', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
    });
}
