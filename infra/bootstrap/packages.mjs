import fs from 'node:fs';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { hashOf, logFolder, readOr, root } from './paths.mjs';
import { npm, npmEnvironment } from './runtime.mjs';
import { run } from './shell.mjs';

const modules = path.join(root, 'node_modules');
const marker = path.join(modules, '.three-classrooms');

/**
 * Installs the npm packages of the lock file when they are not those that are installed.
 * Install scripts are not run: the ones that matter fetch from GitHub, and the bootstrap
 * has its own steps for what they would bring.
 *
 * @param {{node: string, say: (text: string) => void}} options
 */
export async function ensurePackages({ node, say }) {
  const wanted = () => hashOf(root, ['package.json', 'package-lock.json', '.npmrc']);
  if (readOr(marker) === wanted()) return;
  await withLock(
    path.join(root, '.cache/packages.lock'),
    async () => {
      if (readOr(marker) === wanted()) return;
      const hash = wanted();
      await install({ node, say });
      linkRuntime(node);
      fs.writeFileSync(marker, hash);
    },
    () => say('another set-up is at it'),
  );
}

async function install({ node, say }) {
  const log = path.join(logFolder, 'npm.log');
  fs.rmSync(log, { force: true });
  const [command, ...args] = npm(node);
  const env = { ...npmEnvironment(), PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH}` };
  const flags = ['--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const call = (verb) => run(command, [...args, verb, ...flags], { cwd: root, log, env });
  // A clean install removes what is there: right for a new clone, slow and rude to a running one.
  if (!fs.existsSync(modules)) {
    try {
      say('npm ci');
      await call('ci');
      return;
    } catch {
      // A registry that lacks other platforms' optional packages makes a lock that
      // `npm ci` refuses; `npm install` takes the same versions from it.
    }
  }
  say('npm install');
  const lockFile = path.join(root, 'package-lock.json');
  const lock = fs.readFileSync(lockFile);
  try {
    await call('install');
  } finally {
    if (!fs.readFileSync(lockFile).equals(lock)) fs.writeFileSync(lockFile, lock);
  }
}

/** The package "node" in node_modules gets its binary, so that `npx` and editors use the same Node. */
function linkRuntime(node) {
  const bin = path.join(modules, 'node', 'bin');
  const target = path.join(bin, process.platform === 'win32' ? 'node.exe' : 'node');
  if (!fs.existsSync(path.join(modules, 'node')) || fs.existsSync(target)) return;
  fs.mkdirSync(bin, { recursive: true });
  try {
    fs.linkSync(node, target);
  } catch {
    fs.copyFileSync(node, target);
  }
}
