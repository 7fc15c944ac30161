import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { checkArrows } from './arrows.mjs';
import { lockProblems } from './lock-file.mjs';
import { root } from './paths.mjs';

const tsc = ['node_modules/typescript/bin/tsc', '--pretty', 'false', '-p'];

/**
 * Types, lint, lock file and arrows, side by side; what each has to say is printed whole.
 *
 * @param {{node: string, env: NodeJS.ProcessEnv}} options
 * @returns {Promise<number>} exit code
 */
export async function runChecks({ node, env }) {
  const results = await Promise.all([
    check('types', () => tool(node, env, [...tsc, '.'])),
    check('types of the bootstrap', () => tool(node, env, [...tsc, 'infra/bootstrap'])),
    check('lint', () =>
      tool(node, env, ['node_modules/@biomejs/biome/bin/biome', 'check', '--colors=off', '.']),
    ),
    check('lock', () => {
      const { packages } = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
      const problems = lockProblems(packages);
      return { ok: problems.length === 0, output: problems.join('\n') };
    }),
    check('arrows', () => {
      const { problems, files } = checkArrows(root);
      return { ok: problems.length === 0, output: problems.join('\n') || `${files} files` };
    }),
  ]);
  return results.every(Boolean) ? 0 : 1;
}

async function check(name, work) {
  const since = Date.now();
  const { ok, output } = await work();
  const took = ((Date.now() - since) / 1000).toFixed(1);
  process.stdout.write(`${ok ? '✓' : '✗'} ${name} ${took} s\n${ok ? '' : `${output.trimEnd()}\n`}`);
  return ok;
}

function tool(node, env, args) {
  return new Promise((resolve) => {
    const child = spawn(node, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => {
        output += text;
      });
    }
    child.once('close', (code) => resolve({ ok: code === 0, output }));
  });
}
