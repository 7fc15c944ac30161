import { randomBytes } from 'node:crypto';
import { cpSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openEmbeddedDatabase } from '../database/pglite.ts';

/** What a template holds beside an initialized database; done once on this machine. */
export interface Prepared {
  /** Stands for all that `fill` does: another key, another template. */
  key: string;
  /** Opens the database in `folder`, fills it and closes it. */
  fill(folder: string): Promise<void>;
}

/**
 * Puts an initialized database into `folder` by copying one that was made once on this machine: initializing
 * takes seconds of CPU, copying a tenth of one. For tests and benchmarks.
 */
export async function copyDatabaseTemplate(folder: string, prepared?: Prepared): Promise<void> {
  const empty = join(tmpdir(), `three-classrooms-pglite-${await pgliteVersion()}`);
  if (!(await exists(empty))) {
    await makeTemplate(empty, async (draft) => {
      const { close } = await openEmbeddedDatabase(draft);
      await close();
    });
  }
  const template = prepared ? `${empty}-${prepared.key}` : empty;
  if (prepared && !(await exists(template))) {
    await makeTemplate(template, async (draft) => {
      await copy(empty, draft);
      await prepared.fill(draft);
    });
  }
  await copy(template, folder);
}

async function copy(template: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  // A thousand small files: the asynchronous one asks and answers for each of them.
  cpSync(join(template, 'pg'), join(folder, 'pg'), { recursive: true });
}

/** Several test processes may make it at the same time: whoever is first to rename wins, all are equal. */
async function makeTemplate(template: string, fill: (draft: string) => Promise<void>): Promise<void> {
  const draft = `${template}.${randomBytes(6).toString('hex')}`;
  await fill(draft);
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
