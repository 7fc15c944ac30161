import { sql } from 'kysely';
import { newId } from '#platform/ids.ts';
import {
  type LineProblem,
  MAX_WORD,
  MAX_WORDS,
  REFUSED_TOLD,
  type RemoveWords,
  WORDS_A_PAGE,
  type WordClass,
  type WordImport,
  type WordPage,
} from '#protocol/moderation.ts';
import { cleanText, lengthOf } from '#protocol/text.ts';
import type { Note } from '../audit/note.ts';
import type { Db } from '../database/database.ts';
import type { SensitiveWord } from './automaton.ts';
import { fold } from './fold.ts';

/** Other queries wait while a statement runs. */
const ROWS_A_STATEMENT = 500;

/** The sensitive words of all bureaus, as rows. Every change raises the list's version when it is done. */
export class WordRepository {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** The bureau that an account administers; null when it administers none. */
  async bureauOf(organizationId: string): Promise<string | null> {
    const row = await this.#db
      .selectFrom('organization')
      .select('id')
      .where('id', '=', organizationId)
      .where('kind', '=', 'bureau')
      .executeTakeFirst();
    return row?.id ?? null;
  }

  async page(bureauId: string, search: string, offset: number): Promise<WordPage> {
    const { units } = fold(search);
    const matching = this.#db
      .selectFrom('sensitive_word')
      .where('organization_id', '=', bureauId)
      .where('folded', 'like', `%${units}%`);
    const words = await matching
      .select(['id as wordId', 'word', 'word_class as wordClass', 'added_at'])
      .orderBy('added_at', 'desc')
      .orderBy('id')
      .limit(WORDS_A_PAGE)
      .offset(offset)
      .execute();
    const found = await matching
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    const classes = await this.#db
      .selectFrom('sensitive_word')
      .select((eb) => ['word_class', eb.fn.countAll<number>().as('count')])
      .where('organization_id', '=', bureauId)
      .groupBy('word_class')
      .execute();
    const count = (wordClass: WordClass) =>
      Number(classes.find((row) => row.word_class === wordClass)?.count ?? 0);
    return {
      version: (await this.versions()).get(bureauId) ?? 0,
      counts: { block: count('block'), hold: count('hold') },
      found: Number(found.count),
      words: words.map(({ added_at, ...word }) => ({ ...word, addedAt: added_at.getTime() })),
    };
  }

  /** One word a line; empty lines are no words. */
  async import(bureauId: string, text: string, wordClass: WordClass, accountId: string): Promise<WordImport> {
    const batchId = newId();
    const refused: WordImport['refused'] = [];
    let refusedCount = 0;
    const refuse = (line: number, word: string, why: LineProblem) => {
      refusedCount += 1;
      if (refused.length < REFUSED_TOLD) refused.push({ line, text: word.slice(0, MAX_WORD), why });
    };
    const fresh = new Map<string, string>();
    let lines = 0;
    let left = MAX_WORDS - (await this.#sizeOf(bureauId));
    for (const [index, raw] of text.split(/\r\n?|\n/).entries()) {
      const word = cleanText(raw);
      if (word === '') continue;
      lines += 1;
      const { units } = fold(word);
      if (units === '') refuse(index + 1, word, 'nothingLeft');
      else if (lengthOf(word) > MAX_WORD) refuse(index + 1, word, 'tooLong');
      else if (left <= 0 && !fresh.has(units)) refuse(index + 1, word, 'listFull');
      else if (!fresh.has(units)) {
        fresh.set(units, word);
        left -= 1;
      }
    }
    const rows = [...fresh].map(([folded, word]) => [newId(), word, folded]);
    let added = 0;
    // Statement by statement and not in one transaction: a running lesson's events go in between.
    for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT) {
      const { rows: stored } = await sql<{ batch_id: string }>`
        insert into sensitive_word
          (id, organization_id, word, folded, word_class, batch_id, added_by, added_at)
        select row->>0, ${bureauId}, row->>1, row->>2, ${wordClass}, ${batchId}, ${accountId}, now()
        from jsonb_array_elements(${JSON.stringify(rows.slice(at, at + ROWS_A_STATEMENT))}::jsonb) row
        on conflict (organization_id, folded) do update set word_class = excluded.word_class
        returning batch_id`.execute(this.#db);
      added += stored.filter(({ batch_id }) => batch_id === batchId).length;
    }
    await raiseVersion(this.#db, bureauId);
    return { batchId, added, known: lines - refusedCount - added, refused, refusedCount };
  }

  async remove(bureauId: string, which: RemoveWords, note?: Note): Promise<number> {
    return await this.#db.transaction().execute(async (trx) => {
      const all = trx.deleteFrom('sensitive_word').where('organization_id', '=', bureauId);
      const some =
        'batchId' in which ? all.where('batch_id', '=', which.batchId) : all.where('id', 'in', which.wordIds);
      const { numDeletedRows } = await some.executeTakeFirstOrThrow();
      await raiseVersion(trx, bureauId);
      await note?.(trx, bureauId);
      return Number(numDeletedRows);
    });
  }

  async #sizeOf(bureauId: string): Promise<number> {
    const { count } = await this.#db
      .selectFrom('sensitive_word')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('organization_id', '=', bureauId)
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** The version of every list that there is, by bureau. */
  async versions(): Promise<Map<string, number>> {
    const rows = await this.#db.selectFrom('sensitive_list').selectAll().execute();
    return new Map(rows.map(({ organization_id, version }) => [organization_id, version]));
  }

  async all(bureauId: string): Promise<SensitiveWord[]> {
    return await this.#db
      .selectFrom('sensitive_word')
      .select(['folded', 'word_class as wordClass'])
      .where('organization_id', '=', bureauId)
      .execute();
  }

  /** The organization of a lesson and every one above it: their lists hold in it. */
  async organizationsOf(lessonId: string): Promise<string[]> {
    const lesson = await this.#db
      .selectFrom('lesson')
      .select('organization_id')
      .where('id', '=', lessonId)
      .executeTakeFirst();
    return lesson ? await this.organizationsAbove(lesson.organization_id) : [];
  }

  /** An organization and every one above it. */
  async organizationsAbove(organizationId: string): Promise<string[]> {
    const { rows } = await sql<{ id: string }>`
      with recursive above as (
        select id, parent_id from organization where id = ${organizationId}
        union select o.id, o.parent_id from organization o join above a on o.id = a.parent_id
      ) select id from above`.execute(this.#db);
    return rows.map(({ id }) => id);
  }
}

async function raiseVersion(db: Pick<Db, 'insertInto'>, bureauId: string): Promise<void> {
  await db
    .insertInto('sensitive_list')
    .values({ organization_id: bureauId, version: 1 })
    .onConflict((conflict) =>
      conflict.column('organization_id').doUpdateSet({ version: sql`sensitive_list.version + 1` }),
    )
    .execute();
}
