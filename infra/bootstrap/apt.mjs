import fs from 'node:fs';
import path from 'node:path';
import { words } from './report.mjs';
import { run, SetupError, which } from './shell.mjs';

const listsFolder = '/var/lib/apt/lists';

/** @returns {{id: string, like: string[], codename: string}} of /etc/os-release; empty elsewhere */
export function distribution(text = readOr('/etc/os-release', '')) {
  const value = (key) => new RegExp(`^${key}="?([^"\n]*)"?$`, 'm').exec(text)?.[1] ?? '';
  return {
    id: value('ID'),
    like: value('ID_LIKE').split(' ').filter(Boolean),
    codename: value('VERSION_CODENAME'),
  };
}

/** Whether this process may install system packages with apt-get. */
export function canInstall() {
  return Boolean(which('apt-get')) && process.getuid?.() === 0;
}

/** Names out of `packages` that dpkg does not have installed. */
export function missingPackages(packages, status = readOr('/var/lib/dpkg/status', '')) {
  const installed = new Set();
  for (const block of status.split('\n\n')) {
    const name = /^Package: (.+)$/m.exec(block)?.[1];
    if (name && /^Status: \S+ \S+ installed$/m.test(block)) installed.add(name);
  }
  return packages.filter((name) => !installed.has(name));
}

/**
 * Installs what is missing of the given Debian/Ubuntu packages.
 *
 * @throws {SetupError} with the one command to run, where this process may not install
 */
export async function installDebianPackages(packages, { log }) {
  const missing = missingPackages(packages);
  if (missing.length === 0) return;
  if (!canInstall()) {
    const run = `sudo apt-get install -y ${missing.join(' ')}`;
    throw new SetupError(words(`Missing system packages. Run: ${run}`, `缺少系统软件包。请运行：${run}`));
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Another apt (a machine's first-boot updates) may hold the lock for a while.
  const apt = (...args) => run('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], { log, env });
  const install = () => apt('install', '-y', '--no-install-recommends', ...missing);
  if (listsAreMissing()) await apt('update');
  try {
    await install();
  } catch {
    // Old lists name a version that the mirror no longer has.
    await apt('update');
    await install();
  }
}

/** Images and new machines often carry no package lists at all. */
const listsAreMissing = () => !readDirOr(listsFolder).some((file) => /_Packages(\.|$)/.test(file));

/**
 * Writes into `dir` the machine's own apt sources as source-package sources: the same
 * mirrors and keys, the distribution's own suites only.
 */
export function debianSourceList(dir, { etc = '/etc/apt', codename = distribution().codename } = {}) {
  fs.mkdirSync(dir, { recursive: true });
  const parts = path.join(etc, 'sources.list.d');
  const files = [path.join(etc, 'sources.list'), ...readDirOr(parts).map((file) => path.join(parts, file))];
  for (const file of files.filter((name) => /\.(list|sources)$/.test(name))) {
    const text = readOr(file, '');
    const converted = file.endsWith('.sources')
      ? deb822Sources(text, codename)
      : oneLineSources(text, codename);
    if (converted) fs.writeFileSync(path.join(dir, path.basename(file)), converted);
  }
  return dir;
}

const ownSuite = (suite, codename) => new RegExp(`^${codename}(-updates|-security)?$`).test(suite);

export function oneLineSources(text, codename) {
  return text
    .split('\n')
    .map((line) => /^deb\s+((?:\[[^\]]*\]\s+)?\S+\s+(\S+)\s.*)$/.exec(line))
    .filter((match) => match && ownSuite(match[2], codename))
    .map((match) => `deb-src ${match[1]}\n`)
    .join('');
}

export function deb822Sources(text, codename) {
  return text
    .split(/\n\s*\n/)
    .map((stanza) => stanza.replace(/^#.*\n?/gm, '').trim())
    .filter((stanza) => /^Types:.*\bdeb\b/m.test(stanza))
    .filter((stanza) =>
      (/^Suites: *(.+)$/m.exec(stanza)?.[1] ?? '').split(/\s+/).some((s) => ownSuite(s, codename)),
    )
    .map((stanza) => `${stanza.replace(/^Types:.*$/m, 'Types: deb-src')}\n`)
    .join('\n');
}

function readOr(file, otherwise) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return otherwise;
  }
}

function readDirOr(dir) {
  try {
    return fs.readdirSync(dir);
  } catch {
    return [];
  }
}
