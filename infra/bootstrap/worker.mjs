import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { installDebianPackages } from './apt.mjs';
import { withLock } from './lock.mjs';
import { answers, github } from './network.mjs';
import { hashOf, logFolder, root, userCache } from './paths.mjs';
import { run, SetupError, which } from './shell.mjs';
import { buildPackages, buildWorker } from './worker-build.mjs';

const mediasoup = path.join(root, 'node_modules/mediasoup');
const recipe = path.join(root, 'infra/mediasoup-worker');

/**
 * Path of a mediasoup worker that runs on this machine: `MEDIASOUP_WORKER_BIN`, else the
 * user's cache, else the official binary, else one built here.
 *
 * @param {{node: string, say: (text: string) => void}} options node: the Node that runs mediasoup
 * @returns {Promise<string>}
 */
export async function ensureWorker({ node, say }) {
  const given = process.env.MEDIASOUP_WORKER_BIN;
  if (given) {
    if (!runs(given)) throw new SetupError(`MEDIASOUP_WORKER_BIN=${given} does not run on this machine.`);
    return given;
  }
  const { version } = JSON.parse(fs.readFileSync(path.join(mediasoup, 'package.json'), 'utf8'));
  const base = `mediasoup-worker-${version}-${process.platform}-${process.arch}`;
  const official = path.join(userCache, `${base}-official`);
  const built = path.join(userCache, `${base}-${hashOf(recipe, ['include', 'patches.mjs']).slice(0, 8)}`);
  const cached = () => [official, built].find(runs);

  const found = cached();
  if (found) return found;
  const lock = path.join(userCache, `${base}.lock`);
  return withLock(
    lock,
    async () => cached() ?? (await make()),
    () => say('another set-up is at it'),
  );

  async function make() {
    const log = path.join(logFolder, 'mediasoup-worker.log');
    fs.rmSync(log, { force: true });
    say('asking for the official binary');
    const fetched = await fetchOfficial({ node, log });
    if (fetched) return keep({ program: fetched, note: 'official binary' }, official);
    if (process.platform !== 'linux') {
      throw new SetupError(
        `mediasoup's official worker could not be fetched. Set MEDIASOUP_WORKER_BIN to one, or try again where GitHub is reached. Log: ${log}`,
      );
    }
    return keep(await build(log), built);
  }

  async function build(log) {
    say('compiler and libraries');
    await ensureBuildTools(log);
    // Under the lock, so one name is enough and what a killed build left is cleared away.
    const work = path.join(userCache, `${base}.build`);
    fs.rmSync(work, { recursive: true, force: true });
    fs.mkdirSync(work, { recursive: true });
    return buildWorker({ mediasoup, recipe, work, log, say });
  }

  async function keep({ program, note }, target) {
    say('checking that it starts');
    const log = path.join(logFolder, 'mediasoup-worker.log');
    const env = { ...process.env, MEDIASOUP_WORKER_BIN: program };
    await run(node, [path.join(root, 'infra/bootstrap/worker-verify.mjs')], { log, cwd: root, env });
    // Copied beside its place and renamed: another process sees none or a whole one.
    const fresh = `${target}.${process.pid}`;
    fs.mkdirSync(userCache, { recursive: true });
    fs.copyFileSync(program, fresh);
    fs.chmodSync(fresh, 0o755);
    fs.renameSync(fresh, target);
    if (path.dirname(program).startsWith(userCache)) {
      fs.rmSync(path.dirname(program), { recursive: true, force: true });
    }
    say(note);
    return target;
  }
}

/** Without MEDIASOUP_VERSION a worker that can run here at all ends with 41 (its main.cpp). */
function runs(program) {
  return fs.existsSync(program) && spawnSync(program, [], { env: {}, stdio: 'ignore' }).status === 41;
}

async function ensureBuildTools(log) {
  if (which('apt-get')) return installDebianPackages(buildPackages, { log });
  const tools = ['g++', 'make', 'pkg-config', 'flatc', 'tar'].filter((tool) => !which(tool));
  if (tools.length > 0) {
    throw new SetupError(
      `GitHub is not reached, so mediasoup's worker has to be compiled. Install ${tools.join(', ')} and the development files of libuv, OpenSSL, Abseil, FlatBuffers and libsrtp 2, or set MEDIASOUP_WORKER_BIN.`,
    );
  }
}

/** mediasoup's own post-install, kept from its fallback of compiling with downloaded parts. */
async function fetchOfficial({ node, log }) {
  const mirror = process.env.MEDIASOUP_WORKER_PREBUILT_DOWNLOAD_BASE_URL;
  if (!(await answers(mirror || github))) return undefined;
  try {
    // Its fallback starts with Python: a Python that fails ends it at once.
    const env = { ...process.env, PYTHON: 'false' };
    await run(node, ['npm-scripts.mjs', 'postinstall'], { cwd: mediasoup, log, env, timeoutMs: 180_000 });
    return path.join(
      mediasoup,
      'worker/out/Release',
      process.platform === 'win32' ? 'mediasoup-worker.exe' : 'mediasoup-worker',
    );
  } catch {
    return undefined;
  }
}
