import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { checkArrows, importsOf } from './arrows.mjs';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'arrows-'));
});
afterEach(() => rm(root, { recursive: true }));

async function files(contents: Record<string, string>) {
  for (const [file, text] of Object.entries(contents)) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
  return checkArrows(root).problems;
}

test('finds every form of import and no mention of one', () => {
  const text = `
import a from './a.ts';
import type { B } from './b.ts';
import {
  c,
  type D,
} from "#protocol/c.ts";
import './e.ts';
export * from './f.ts';
export { g } from './g.ts';
export type { H } from './h.ts';
export const t = 'import x from "./no.ts"';
// import no from './no.ts';
/* import no from './no.ts'; */
const page = () => import('./i.ts');
`;
  expect(importsOf(text)).toEqual([
    { from: './a.ts', type: false },
    { from: './b.ts', type: true },
    { from: '#protocol/c.ts', type: false },
    { from: './e.ts', type: false },
    { from: './f.ts', type: false },
    { from: './g.ts', type: false },
    { from: './h.ts', type: true },
    { from: './i.ts', type: true },
  ]);
});

test('the arrows of the design are free', async () => {
  const problems = await files({
    'protocol/p.ts': "import { z } from 'zod';",
    'platform/q.ts': "import '#protocol/p.ts';",
    'sfu/main.ts': "import '#platform/q.ts';\nimport '#protocol/p.ts';\nimport './src/x.ts';",
    'sfu/src/x.ts': '',
    'web-client/src/a.tsx': "import '#protocol/p.ts';",
    'e2e/t.test.ts': "import '../sfu/main.ts';\nimport '#platform/q.ts';",
  });
  expect(problems).toEqual([]);
});

test('every arrow against the design is named', async () => {
  const problems = await files({
    'protocol/p.ts': "import '#platform/q.ts';",
    'sfu/main.ts': "import type { X } from '../recorder/main.ts';",
    'web-client/src/a.tsx': "import '#platform/q.ts';",
    'platform/q.ts': "const x = import('../signaling/main.ts');",
  });
  expect(problems.map((problem: string) => problem.split(' (')[0])).toEqual([
    'protocol/p.ts: protocol may not import platform',
    'platform/q.ts: platform may not import signaling',
    'sfu/main.ts: sfu may not import recorder',
    'web-client/src/a.tsx: web-client may not import platform',
  ]);
});

test('a cycle is shown as a chain; types and late imports make none', async () => {
  const problems = await files({
    'sfu/a.ts': "import './b.ts';",
    'sfu/b.ts': "import './c.ts';",
    'sfu/c.ts': "import './a.ts';",
    'recorder/a.ts': "import './b.ts';",
    'recorder/b.ts': "import type { A } from './a.ts';",
    'signaling/a.ts': "import './b.ts';",
    'signaling/b.ts': "const a = () => import('./a.ts');",
  });
  expect(problems).toEqual(['cycle: sfu/a.ts → sfu/b.ts → sfu/c.ts → sfu/a.ts']);
});
