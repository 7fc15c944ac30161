import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const beatMs = 1000;
const deadAfterMs = 15_000;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Runs `work` while no other process that uses the same lock file does. A holder
 * renews the file's time every second; one that stopped (kill -9, power cut) is taken
 * over from after 15 s, so nothing has to be cleaned up by hand.
 *
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {() => void} [onWait] called once when somebody else holds it
 * @returns {Promise<T>}
 */
export async function withLock(file, work, onWait = () => {}) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const token = randomUUID();
  let waited = false;
  while (!tryTake(file, token)) {
    if (!waited) onWait();
    waited = true;
    await sleep(200);
  }
  const beat = setInterval(() => touch(file), beatMs);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if (readOr(file) === token) fs.unlinkSync(file);
  }
}

function tryTake(file, token) {
  try {
    fs.writeFileSync(file, token, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (age(file) > deadAfterMs) removeStale(file);
  return false;
}

/**
 * Only one waiter may remove a stale lock, and only while it still is stale: otherwise
 * a slow waiter would remove the lock that a quick one has just taken.
 */
function removeStale(file) {
  const remover = `${file}.remover`;
  try {
    fs.mkdirSync(remover);
  } catch {
    if (age(remover) > deadAfterMs) fs.rmSync(remover, { recursive: true, force: true });
    return;
  }
  if (age(file) > deadAfterMs) fs.rmSync(file, { force: true });
  fs.rmSync(remover, { recursive: true, force: true });
}

/** Milliseconds since the file was renewed; negative infinity when it is gone. */
function age(file) {
  try {
    return Date.now() - fs.statSync(file).mtimeMs;
  } catch {
    return Number.NEGATIVE_INFINITY;
  }
}

function touch(file) {
  try {
    fs.utimesSync(file, new Date(), new Date());
  } catch {
    // Taken over while this machine slept: the work's own atomic renames keep it safe.
  }
}

function readOr(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
