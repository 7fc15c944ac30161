import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { displayName } from '#protocol/courseware.ts';
import { AppError } from '#protocol/errors.ts';
import { Manifest, type PackageRow } from '#protocol/package.ts';
import { hashOf } from '../intake/prepare.ts';
import { readMetadata } from '../metadata/formats.ts';
import type { Metadata } from '../metadata/metadata.ts';
import { MAX_XML_BYTES } from '../metadata/xml.ts';
import { MANIFEST, ZipReader } from './zip.ts';

/** Films hardly pack; what grows far beyond what came was made to burst. */
const MAX_GROWTH = 20;
const SMALL = 50_000_000;
const MAX_MANIFEST = 5_000_000;

/** A row whose file has been looked at. */
export interface ReadRow {
  report: PackageRow;
  /** Null when it is refused. */
  metadata: Metadata | null;
  entry: string | null;
  sha256: string | null;
  kind: 'film' | 'document' | 'image' | null;
}

export interface ReadOptions {
  maxFileBytes: number;
  /** What a file is. @throws AppError why it is not taken in */
  examine(path: string): Promise<{ kind: string }>;
  /** Whether a content of that many bytes is kept already. */
  isKept(sha256: string, bytes: number): Promise<boolean>;
}

/**
 * Reads a package row by row, each file of it looked into as if it had come alone. Nothing is kept.
 * @throws AppError PACKAGE_UNREADABLE, FILE_BOMB, STORAGE_FULL
 */
export async function readPackage(
  path: string,
  packedBytes: number,
  options: ReadOptions,
): Promise<ReadRow[]> {
  const zip = await openPackage(path, packedBytes);
  const work = await mkdtemp(`${path}-work-`);
  try {
    const { resources } = await manifestOf(zip);
    const rows: ReadRow[] = [];
    const seen = new Set<string>();
    for (const [index, entry] of resources.entries()) {
      const row = await readRow(zip, entry, join(work, 'file'), options);
      // The same content twice in one package is brought in once.
      const twice = row.sha256 !== null && seen.has(row.sha256) && row.report.fate === 'new';
      if (row.sha256) seen.add(row.sha256);
      rows.push({
        ...row,
        report: { ...row.report, row: index + 1, ...(twice && { fate: 'same' as const }) },
      });
    }
    return rows;
  } finally {
    zip.close();
    await rm(work, { recursive: true, force: true });
  }
}

/** @throws AppError PACKAGE_UNREADABLE, FILE_BOMB */
export async function openPackage(path: string, packedBytes: number): Promise<ZipReader> {
  const zip = await ZipReader.open(path).catch((error: unknown) => {
    if (AppError.from(error).code === 'FILE_BOMB') throw error;
    throw new AppError('PACKAGE_UNREADABLE', 'the package cannot be opened', { cause: error });
  });
  const unpacked = zip.entries.reduce((sum, { bytes }) => sum + bytes, 0);
  if (unpacked <= SMALL || unpacked <= packedBytes * MAX_GROWTH) return zip;
  zip.close();
  throw new AppError('FILE_BOMB', 'the package grows beyond all measure when it is unpacked');
}

async function manifestOf(zip: ZipReader): Promise<Manifest> {
  try {
    return Manifest.parse(JSON.parse((await zip.read(MANIFEST, MAX_MANIFEST)).toString('utf8')));
  } catch (error) {
    throw new AppError('PACKAGE_UNREADABLE', 'no manifest that can be read', { cause: error });
  }
}

async function readRow(
  zip: ZipReader,
  { metadata: metadataPath, file }: Manifest['resources'][number],
  work: string,
  { maxFileBytes, examine, isKept }: ReadOptions,
): Promise<ReadRow> {
  const name = displayName(file?.name || file?.path || '');
  const report: PackageRow = { row: 0, title: name, name, bytes: 0, fate: 'new', failure: null, detail: '' };
  const read: ReadRow = { report, metadata: null, entry: null, sha256: null, kind: null };
  try {
    const metadata = readMetadata(await zip.read(metadataPath, MAX_XML_BYTES).catch(missing));
    report.title = metadata.title;
    if (!file) throw new AppError('LIBRARY_FILE_TYPE', 'metadata without a file');
    await zip.extract(file.path, work, maxFileBytes).catch(missing);
    const sha256 = await hashOf(work);
    const found = zip.entries.find((entry) => entry.name === file.path);
    report.bytes = found?.bytes ?? 0;
    if (file.sha256 && file.sha256 !== sha256)
      throw new AppError('FILE_CHANGED', 'not the content of the manifest');
    const { kind } = await examine(work);
    if (kind === 'package') throw new AppError('LIBRARY_FILE_TYPE', 'a package in a package');
    if (await isKept(sha256, report.bytes)) report.fate = 'same';
    return { ...read, metadata, entry: file.path, sha256, kind: kind as 'film' | 'document' | 'image' };
  } catch (error) {
    const { code, message } = AppError.from(error);
    if (code === 'STORAGE_FULL' || (error as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new AppError('STORAGE_FULL', 'no space left to look into the package', { cause: error });
    return { ...read, report: { ...report, fate: 'refused', failure: code, detail: message.slice(0, 200) } };
  } finally {
    await rm(work, { force: true });
  }
}

function missing(error: unknown): never {
  const { code, message } = AppError.from(error);
  throw code === 'NOT_FOUND' ? new AppError('PACKAGE_UNREADABLE', message) : error;
}
