import { expect, test } from '@jest/globals';
import { CheckRun, type Measure, type Measures } from './check-run.ts';
import type { Finding } from './findings.ts';
import { result } from './judge/verdicts.ts';

const CAMERA: Finding = { result: result('camera', 'OK'), detail: {} };
const DARK: Finding = { result: result('camera', 'CAMERA_DARK'), detail: {} };
const gives =
  (...findings: Finding[]): Measure =>
  async () =>
    findings;
const nothing: Measures = { camera: gives(), mic: gives(), loop: gives(), network: gives() };

/** Never done, but stops when told. */
const endless: Measure = (signal) =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

const codes = (run: CheckRun) => [...run.getSnapshot().findings.values()].map(({ result: { code } }) => code);

test('measures in order, tells how far, and says when it is done', async () => {
  const order: string[] = [];
  const told: (readonly Finding[])[] = [];
  const note =
    (name: string, ...findings: Finding[]): Measure =>
    async (_signal, progress) => {
      order.push(name);
      progress(0.5);
      return findings;
    };
  const run = new CheckRun({
    measures: {
      camera: note('camera', CAMERA),
      mic: note('mic'),
      loop: note('loop'),
      network: note('network'),
    },
    finished: (findings) => told.push(findings),
  });
  const seen: string[] = [];
  run.subscribe(() => {
    const { running, waiting } = run.getSnapshot();
    if (running) seen.push(`${running.group} ${running.progress} ${waiting.length}`);
  });
  await run.start(['network', 'camera']);
  expect(order).toEqual(['camera', 'network']);
  expect(seen).toContain('camera 0.5 1');
  expect(seen).toContain('network 0.5 0');
  expect(run.getSnapshot().running).toBeNull();
  expect(told).toEqual([[CAMERA]]);
});

test('one group measured again replaces only its own findings', async () => {
  const mic: Finding = { result: result('mic', 'OK'), detail: {} };
  const run = new CheckRun({ measures: { ...nothing, camera: gives(DARK) }, findings: [CAMERA, mic] });
  await run.start(['camera']);
  expect(codes(run).sort()).toEqual(['CAMERA_DARK', 'OK']);
});

test('is stopped at once, keeps what it has, and does not say that it is done', async () => {
  let told = 0;
  const run = new CheckRun({
    measures: { ...nothing, camera: gives(CAMERA), network: endless },
    finished: () => {
      told += 1;
    },
  });
  const done = run.start(['camera', 'network']);
  await new Promise((resolve) => setImmediate(resolve));
  expect(run.getSnapshot().running?.group).toBe('network');
  run.cancel();
  await done;
  expect(run.getSnapshot()).toMatchObject({ running: null, waiting: [] });
  expect(codes(run)).toEqual(['OK']);
  expect(told).toBe(0);
});

test('begun anew, the old one changes nothing any more', async () => {
  let late: (found: readonly Finding[]) => void = () => {};
  const measures = {
    ...nothing,
    camera: ((_signal, _progress) =>
      new Promise((resolve) => {
        late = resolve;
      })) as Measure,
  };
  const run = new CheckRun({ measures });
  const first = run.start(['camera']);
  const second = run.start(['mic']);
  late([CAMERA]);
  await Promise.all([first, second]);
  expect(codes(run)).toEqual([]);
  expect(run.getSnapshot().running).toBeNull();
});
