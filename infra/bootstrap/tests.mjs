import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from './paths.mjs';

/**
 * Runs jest three times: everything but e2e; then e2e in two lanes, whatever the machine, because a lesson mostly waits
 * for time to pass, and three browsers with their media would starve each other; and beside it the API's tests once
 * more on PostgreSQL instead of PGlite.
 *
 * @param {{node: string, env: NodeJS.ProcessEnv, args: string[]}} options args go to jest
 * @returns {Promise<number>} exit code
 */
export async function runTests({ node, env, args }) {
  const jestEnv = {
    ...env,
    NODE_OPTIONS: `${env.NODE_OPTIONS ?? ''} --experimental-vm-modules --no-warnings`.trim(),
  };
  const out = path.join(root, '.cache/tests');
  fs.mkdirSync(out, { recursive: true });
  // A test that failed half-way may leave a server open: that must not hold up the whole run for ever.
  const always = ['--passWithNoTests', '--forceExit'];
  const jest = (name, more, also = {}) =>
    runJest({
      node,
      env: { ...jestEnv, ...also },
      report: path.join(out, `${name}.json`),
      args: [...more, ...always, ...args],
    });
  // One more than the cores: those that wait for a disk, a timer or a process leave them to the others.
  const workers = os.availableParallelism() + 1;
  const onServer = [
    '--globalSetup=<rootDir>/signaling/testing/shared-postgres.ts',
    '--globalTeardown=<rootDir>/signaling/testing/shared-postgres-end.ts',
  ];
  const unit = await jest('unit', [
    `--maxWorkers=${workers}`,
    ...onServer,
    // Given here, these replace jest.config.js's own.
    '--testPathIgnorePatterns',
    '/node_modules/',
    '<rootDir>/data/',
    '<rootDir>/web-client/dist/',
    '<rootDir>/e2e/',
  ]);
  const [api, e2e] = await Promise.all([
    jest(
      'api-postgres',
      ['--maxWorkers=1', ...onServer, ...apiTests().map((file) => `--testMatch=<rootDir>/${file}`)],
      { TC_TEST_DATABASE: 'postgres' },
    ),
    jest('e2e', ['--testMatch=<rootDir>/e2e/**/*.test.ts', '--maxWorkers=2']),
  ]);
  const total = sum([unit, api, e2e]);
  const none = total.passed + total.failed + total.skipped === 0;
  if (none) process.stderr.write('No test matched.\n');
  // The whole line is read by machines: nothing may follow it.
  process.stdout.write(`\n${closingLine(total)}\n`);
  return unit.code || api.code || e2e.code || (none || total.failed > 0 ? 1 : 0);
}

/** Files that test the real HTTP application on a database of their own (`TestApp`), wherever that is. */
export function apiTests() {
  return fs
    .readdirSync(path.join(root, 'signaling/src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `signaling/src/${name.replaceAll(path.sep, '/')}`)
    .filter((file) => /testing\/app\.ts'/.test(fs.readFileSync(path.join(root, file), 'utf8')))
    .filter((file) => !/onBothDatabases/.test(fs.readFileSync(path.join(root, file), 'utf8')))
    .sort();
}

async function runJest({ node, env, report, args }) {
  fs.rmSync(report, { force: true });
  const jest = path.join(root, 'node_modules/jest/bin/jest.js');
  const child = spawn(node, [jest, '--json', `--outputFile=${report}`, ...args], {
    cwd: root,
    env,
    // jest prints the JSON on stdout as well when asked for it; people read stderr.
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const code = await new Promise((resolve) => child.once('close', (status) => resolve(status ?? 1)));
  return { code, ...count(report) };
}

/** Totals of a jest JSON report. A suite that could not run at all counts as one failure. */
export function count(report) {
  try {
    const json = JSON.parse(fs.readFileSync(report, 'utf8'));
    return {
      passed: json.numPassedTests,
      failed: json.numFailedTests + json.numRuntimeErrorTestSuites,
      skipped: json.numPendingTests + json.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

export function sum(counts) {
  const add = (key) => counts.reduce((total, one) => total + one[key], 0);
  return { passed: add('passed'), failed: add('failed'), skipped: add('skipped') };
}

export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
}
