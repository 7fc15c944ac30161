import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import type { Logger } from '#platform/logger.ts';
import { cleanText } from '#protocol/text.ts';
import { askProcess } from '../courseware/pdf-process.ts';
import type { Db } from '../database/database.ts';
import { MAX_PAGE_TEXT } from './moments.ts';

const READ = fileURLToPath(new URL('pdf-text.ts', import.meta.url));
const DEADLINE_MS = 60_000;
const MAX_PAGES = 1_000;
/** The PDF that slides were made into (`courseware/conversions.ts`). */
const SLIDES_PAGES = 'pages.pdf';

interface PageTextParts {
  db: Db;
  blobs: BlobStore;
  logger: Logger;
}

/**
 * The text of documents' pages, read once when a resource is indexed that shows them: a document itself, or the
 * courseware of the lessons that it is cut from. What cannot be read has no text, and is not tried again.
 */
export class PageTexts {
  readonly #parts: PageTextParts;

  constructor(parts: PageTextParts) {
    this.#parts = parts;
  }

  async read(resourceIds: readonly string[]): Promise<void> {
    for (const { id, key } of await this.#documents(resourceIds))
      await this.#keep({ document_id: null, resource_id: id }, key);
    for (const { id, key } of await this.#courseware(resourceIds))
      await this.#keep({ document_id: id, resource_id: null }, key);
  }

  async #documents(resourceIds: readonly string[]): Promise<{ id: string; key: string }[]> {
    const rows = await this.#parts.db
      .selectFrom('resource_file')
      .leftJoin('page_text', 'page_text.resource_id', 'resource_file.resource_id')
      .select(['resource_file.resource_id as id', 'resource_file.blob_key as key', 'resource_file.role'])
      .where('resource_file.resource_id', 'in', resourceIds)
      .where('resource_file.role', 'in', ['pages', 'source'])
      .where('resource_file.mime', '=', 'application/pdf')
      .where('page_text.pages', 'is', null)
      .orderBy('resource_file.role')
      .execute();
    // Pages stand before the source in this order, and are what is shown.
    return [...new Map(rows.toReversed().map((row) => [row.id, row])).values()];
  }

  async #courseware(resourceIds: readonly string[]): Promise<{ id: string; key: string }[]> {
    const { db } = this.#parts;
    const resources = await db
      .selectFrom('resource')
      .select('programme')
      .where('id', 'in', resourceIds)
      .where('programme', 'is not', null)
      .execute();
    const clips = resources.flatMap(({ programme }) => programme?.clips ?? []);
    const lessonIds = [...new Set(clips.map(({ lessonId }) => lessonId))];
    if (lessonIds.length === 0) return [];
    const rows = await db
      .selectFrom('courseware_document as document')
      .leftJoin('page_text', 'page_text.document_id', 'document.id')
      .select(['document.id', 'document.lesson_id', 'document.kind', 'document.file'])
      .where('document.lesson_id', 'in', lessonIds)
      .where('document.kind', 'in', ['pdf', 'slides'])
      .where('document.state', '=', 'ready')
      .where('page_text.pages', 'is', null)
      .execute();
    return rows.map(({ id, lesson_id, kind, file }) => ({
      id,
      key: `courseware/${lesson_id}/${id}/${kind === 'slides' ? SLIDES_PAGES : file}`,
    }));
  }

  async #keep(of: { document_id: string | null; resource_id: string | null }, key: string): Promise<void> {
    const { db, blobs, logger } = this.#parts;
    const folder = await mkdtemp(join(tmpdir(), 'page-text-'));
    let pages: string[] = [];
    try {
      const file = join(folder, 'document.pdf');
      await pipeline(await blobs.open(key), createWriteStream(file));
      pages = (await textsOf(file)).map((text) => cleanText(text, 60));
    } catch (error) {
      logger.warn({ err: error, key }, 'the text of a document could not be read');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    await db
      .insertInto('page_text')
      .values({ ...of, pages: JSON.stringify(pages) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** The text of each page. @throws Error when the PDF cannot be read in time */
async function textsOf(path: string): Promise<string[]> {
  const said = await askProcess(READ, [path, String(MAX_PAGES), String(MAX_PAGE_TEXT)], DEADLINE_MS);
  return z.array(z.string()).parse(said);
}
