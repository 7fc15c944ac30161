import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './paths.mjs';

/*
 * Keeps package-lock.json good for everybody. A registry or mirror that lacks the builds for other systems
 * makes npm leave those out of the lock; `npm ci` then refuses it, and a colleague on another system does not
 * get them. Entries by name and exact version are enough for npm. After an `npm install` that changed the
 * lock: node infra/bootstrap/lock-file.mjs
 */

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'];

/**
 * Optional dependencies that the lock names but does not hold.
 *
 * @param {Record<string, {version?: string, dev?: boolean, resolved?: string, optionalDependencies?: Record<string, string>}>} packages
 */
export function missingOptional(packages) {
  return Object.entries(packages).flatMap(([place, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !isHeld(packages, place, name))
      .map(([name, version]) => ({ name, version, by: place, dev: entry.dev === true })),
  );
}

/** As Node looks for a package: beside the one that asks, then one folder up after the other. */
function isHeld(packages, place, name) {
  for (let at = place; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    if (packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true;
    if (at === '') return false;
  }
}

/** The entry of a build for one system, which is told by the package's name. */
export function entryFor({ name, version, dev }) {
  const words = name.split('/').pop().split(/[-.]/);
  const [os] = systems.filter((system) => words.includes(system));
  const [cpu] = processors.filter((processor) => words.includes(processor));
  if (!/^\d+\.\d+\.\d+/.test(version) || !os || !cpu) return undefined;
  const libc = words.some((word) => word.startsWith('musl')) ? 'musl' : 'glibc';
  const [development, library] = [dev ? { dev } : {}, os === 'linux' ? { libc: [libc] } : {}];
  return { version, cpu: [cpu], ...development, ...library, optional: true, os: [os] };
}

/** What is wrong with a lock file's packages, one sentence each. */
export function lockProblems(packages) {
  return [
    ...missingOptional(packages).map(
      ({ name, by }) => `${by} asks for ${name}: run node infra/bootstrap/lock-file.mjs`,
    ),
    ...Object.entries(packages)
      .filter(([, entry]) => /^https?:/.test(entry.resolved ?? ''))
      .map(([place]) => `${place} names the registry it came from`),
  ];
}

/** Adds what is missing, in npm's order. */
export function completed(packages) {
  const added = missingOptional(packages).flatMap((one) => {
    const entry = entryFor(one);
    return entry ? [[`node_modules/${one.name}`, entry]] : [];
  });
  const all = { ...packages, ...Object.fromEntries(added) };
  const places = Object.keys(all).sort((a, b) => a.localeCompare(b, 'en'));
  return Object.fromEntries(places.map((place) => [place, all[place]]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = path.join(root, 'package-lock.json');
  const lock = JSON.parse(fs.readFileSync(file, 'utf8'));
  lock.packages = completed(lock.packages);
  fs.writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}
