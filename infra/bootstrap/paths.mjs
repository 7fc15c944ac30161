import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root folder of the checkout. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Logs of set-up steps. */
export const logFolder = path.join(root, '.cache', 'setup');

/**
 * What clones share and a removed node_modules must not lose: the Node runtime, the worker. A user without a
 * home of its own (a system service) has it in the checkout.
 */
export const userCache = cacheFolder();

function cacheFolder() {
  const dir = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'three-classrooms');
  try {
    fs.mkdirSync(dir, { recursive: true });
    fs.accessSync(dir, fs.constants.W_OK);
    return dir;
  } catch {
    return path.join(root, '.cache');
  }
}

/**
 * One hash of the contents of files, by path relative to `base`.
 *
 * @param {string} base
 * @param {string[]} entries files or folders; what does not exist counts as absent
 * @param {(name: string) => boolean} [skip] names of files and folders left out
 */
export function hashOf(base, entries, skip = () => false) {
  const hash = createHash('sha256');
  const add = (relative) => {
    const full = path.join(base, relative);
    const stat = fs.statSync(full, { throwIfNoEntry: false });
    if (!stat) return;
    if (stat.isDirectory()) {
      for (const name of fs.readdirSync(full).sort()) if (!skip(name)) add(`${relative}/${name}`);
      return;
    }
    const content = createHash('sha256').update(fs.readFileSync(full)).digest('hex');
    hash.update(`${relative}\0${content}\n`);
  };
  for (const entry of entries) add(entry);
  return hash.digest('hex');
}

/** Content of a text file, or '' when there is none. */
export function readOr(file, otherwise = '') {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return otherwise;
  }
}
