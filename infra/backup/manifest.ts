import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** A backup that is not whole, or not as it was written. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

const File = z.object({
  /** Below the backup's folder, and nowhere else. */
  path: z
    .string()
    .regex(/^(database|secrets|media)\/[A-Za-z0-9._/-]+$/)
    .refine((path) => !path.split('/').includes('..')),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().length(64),
});
export type BackupFile = z.infer<typeof File>;

export const Manifest = z.object({
  backup: z.literal('three-classrooms'),
  version: z.literal(1),
  madeAt: z.iso.datetime(),
  /** Of the platform that made it. */
  platform: z.string(),
  /** The database's migrations, in order: it is restored into the same tables only. */
  migrations: z.array(z.string()),
  tables: z.array(z.object({ name: z.string(), rows: z.number().int().nonnegative(), file: File })),
  files: z.array(File),
});
export type Manifest = z.infer<typeof Manifest>;

const MANIFEST = 'manifest.json';
/** Last of all: where it is missing, the backup was not finished. */
const SEAL = 'manifest.sha256';

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const text = `${JSON.stringify(manifest, null, 1)}\n`;
  await writeFile(join(folder, MANIFEST), text);
  await writeFile(join(folder, SEAL), `${hashOf(text)}\n`);
}

/** @throws BackupError when a file is missing, cut short or changed; nothing has been done then. */
export async function readManifest(
  folder: string,
  say: (text: string) => void = () => {},
): Promise<Manifest> {
  const [text, seal] = await Promise.all(
    [MANIFEST, SEAL].map((name) => readFile(join(folder, name), 'utf8').catch(() => null)),
  );
  if (text == null || seal == null)
    throw new BackupError(`${folder}: no finished backup here / 这里没有完整的备份`);
  if (hashOf(text) !== seal.trim()) throw new BackupError(`${folder}: ${MANIFEST} was changed / 清单被改动`);
  const { data: manifest } = Manifest.safeParse(JSON.parse(text));
  if (!manifest) throw new BackupError(`${folder}: ${MANIFEST} says what no backup says / 清单的内容不对`);
  const all = [...manifest.tables.map(({ file }) => file), ...manifest.files];
  for (const [n, file] of all.entries()) {
    await mustBeWhole(folder, file);
    if (n % 500 === 499) say(`${n + 1} / ${all.length} files are as they were written / 已核对`);
  }
  return manifest;
}

async function mustBeWhole(folder: string, { path, bytes, sha256 }: BackupFile): Promise<void> {
  const size = await stat(join(folder, path)).then(
    ({ size }) => size,
    () => null,
  );
  if (size === null) throw new BackupError(`${path} is missing from the backup / 备份缺少这个文件`);
  if (size !== bytes)
    throw new BackupError(`${path} has ${size} bytes instead of ${bytes} / 备份文件长度不对`);
  if ((await hashOfFile(join(folder, path))) !== sha256)
    throw new BackupError(`${path} was changed since the backup / 备份文件被改动`);
}

export async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
