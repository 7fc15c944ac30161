import { randomBytes } from 'node:crypto';
import { cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openEmbeddedDatabase } from '../database/pglite.ts';

/**
 * Puts an empty, initialized database into `folder` by copying one that was made once on this machine:
 * initializing takes seconds of CPU, copying a tenth of one. For tests and benchmarks.
 */
export async function copyDatabaseTemplate(folder: string): Promise<void> {
  const template = join(tmpdir(), `three-classrooms-pglite-${await pgliteVersion()}`);
  if (!(await exists(template))) await makeTemplate(template);
  await mkdir(folder, { recursive: true });
  await cp(join(template, 'pg'), join(folder, 'pg'), { recursive: true });
}

/** Several test processes may make it at the same time: whoever is first to rename wins, all are equal. */
async function makeTemplate(template: string): Promise<void> {
  const draft = `${template}.${randomBytes(6).toString('hex')}`;
  const { close } = await openEmbeddedDatabase(draft);
  await close();
  await rename(draft, template).catch(async (error: NodeJS.ErrnoException) => {
    await rm(draft, { recursive: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}

async function pgliteVersion(): Promise<string> {
  const main = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const manifest = await readFile(join(dirname(main), '..', 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
