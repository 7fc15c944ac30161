import { sql, type Transaction } from 'kysely';
import { newId } from '#platform/ids.ts';
import { type Caption, type CaptionTrack, type Cue, MAX_LANGUAGES } from '#protocol/caption.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { Db } from '../database/database.ts';
import type { Database } from '../database/schema.ts';
import { type Attic, keptUntil } from './attic.ts';
import { columnsOf, idOf, type Subject } from './subjects.ts';

/** Saved again within this time by the same hand, it is the same piece of work. */
const DRAFT_MS = 600_000;

/** What somebody saves: all cues of one language. */
export interface NewCaption {
  language: string;
  label: string | undefined;
  /** The version that was read before; 0 for a new language. */
  seen: number;
  cues: readonly Cue[];
  accountId: Id;
}

/** Captions of lessons and films, every saved version of them. */
export class CaptionRepository {
  readonly #db: Db;
  readonly #attic: Attic;

  constructor(db: Db, attic: Attic) {
    this.#db = db;
    this.#attic = attic;
  }

  /** @param asOf no later version than of this moment; null: the newest. */
  async list(subjectId: Id, asOf: Date | null): Promise<CaptionTrack[]> {
    return (await this.#rows(subjectId, asOf).execute()).map(trackOf);
  }

  async find(subjectId: Id, language: string, asOf: Date | null): Promise<Caption | null> {
    const row = await this.#rows(subjectId, asOf)
      .select('caption_version.cues')
      .where('caption.language', '=', language)
      .executeTakeFirst();
    return row ? { ...trackOf(row), cues: row.cues } : null;
  }

  /** @throws AppError OVERTAKEN when somebody has saved this language meanwhile, TOO_LARGE with too many languages. */
  async save(subject: Subject, { language, label, seen, cues, accountId }: NewCaption): Promise<Caption> {
    const subjectId = idOf(subject);
    await this.#db.transaction().execute(async (trx) => {
      const row = await trx
        .selectFrom('caption')
        .select(['id', 'version', 'removed_at', 'label'])
        .where('subject_id', '=', subjectId)
        .where('language', '=', language)
        .forUpdate()
        .executeTakeFirst();
      // Of a language that was deleted a new one begins, as if there had been none.
      if (seen !== (row && !row.removed_at ? row.version : 0))
        throw new AppError('OVERTAKEN', 'these captions were saved by somebody else meanwhile');
      const captionId = row?.id ?? newId();
      const version = (row?.version ?? 0) + 1;
      if (row)
        await trx
          .updateTable('caption')
          .set({ version, label: label ?? row.label, removed_at: null })
          .where('id', '=', row.id)
          .execute();
      else {
        const { count } = await trx
          .selectFrom('caption')
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .where('subject_id', '=', subjectId)
          .executeTakeFirstOrThrow();
        if (Number(count) >= MAX_LANGUAGES) throw new AppError('TOO_LARGE', 'too many languages');
        const made = await trx
          .insertInto('caption')
          .values({
            id: captionId,
            ...columnsOf(subject),
            language,
            label: label ?? ownNameOf(language),
            version,
            removed_at: null,
          })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (made.numInsertedOrUpdatedRows === 0n)
          throw new AppError('OVERTAKEN', 'somebody else has added this language meanwhile');
      }
      await trx
        .insertInto('caption_version')
        .values({
          caption_id: captionId,
          version,
          cues: JSON.stringify(cues),
          cue_count: cues.length,
          saved_by: accountId,
          saved_at: new Date(),
        })
        .execute();
      if (row) await forgetDraft(trx, { captionId, version: row.version, accountId });
    });
    return (await this.find(subjectId, language, null))!;
  }

  /** Whether there was anything to delete. It is kept a while, for who did not mean it. */
  async remove(subjectId: Id, language: string): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('caption')
      .set({ removed_at: new Date() })
      .where('subject_id', '=', subjectId)
      .where('language', '=', language)
      .where('removed_at', 'is', null)
      .executeTakeFirstOrThrow();
    void this.#attic.empty();
    return numUpdatedRows > 0n;
  }

  /** Takes a deletion back; null when nothing was deleted, or too long ago. */
  async restore(subjectId: Id, language: string): Promise<CaptionTrack | null> {
    await this.#db
      .updateTable('caption')
      .set({ removed_at: null })
      .where('subject_id', '=', subjectId)
      .where('language', '=', language)
      .where('removed_at', '>', keptUntil())
      .execute();
    return (await this.list(subjectId, null)).find((track) => track.language === language) ?? null;
  }

  #rows(subjectId: Id, asOf: Date | null) {
    return this.#db
      .selectFrom('caption')
      .innerJoin('caption_version', 'caption_version.caption_id', 'caption.id')
      .innerJoin('account', 'account.id', 'caption_version.saved_by')
      .select([
        'caption.id',
        'language',
        'label',
        'caption_version.version',
        'cue_count',
        'account.name',
        'saved_at',
      ])
      .where('subject_id', '=', subjectId)
      .where('removed_at', 'is', null)
      .where('caption_version.version', '=', (eb) =>
        eb
          .selectFrom('caption_version as v')
          .select((max) => max.fn.max('v.version').as('version'))
          .whereRef('v.caption_id', '=', 'caption.id')
          .$if(asOf !== null, (query) => query.where('v.saved_at', '<=', asOf!)),
      )
      .orderBy(sql`language <> 'zh-CN'`)
      .orderBy('language');
  }
}

/**
 * An editor saves by itself every few seconds: what the same hand saved just before is forgotten, unless something was
 * handed in for review since then, which may be looked at as it was.
 */
async function forgetDraft(
  trx: Transaction<Database>,
  { captionId, version, accountId }: { captionId: Id; version: number; accountId: Id },
): Promise<void> {
  await trx
    .deleteFrom('caption_version')
    .where('caption_id', '=', captionId)
    .where('version', '=', version)
    .where('saved_by', '=', accountId)
    .where('saved_at', '>', new Date(Date.now() - DRAFT_MS))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('resource_version')
            .innerJoin('resource', 'resource.id', 'resource_version.resource_id')
            .innerJoin('caption', 'caption.organization_id', 'resource.organization_id')
            .select('resource_version.version')
            .where('caption.id', '=', captionId)
            .where('resource_version.state', '=', 'submitted')
            .whereRef('resource_version.at', '>=', 'caption_version.saved_at'),
        ),
      ),
    )
    .execute();
}

interface TrackRow {
  id: string;
  language: string;
  label: string;
  version: number;
  cue_count: number;
  name: string;
  saved_at: Date;
}

const trackOf = ({ id, language, label, version, cue_count, name, saved_at }: TrackRow): CaptionTrack => ({
  captionId: id,
  language,
  label,
  version,
  cueCount: cue_count,
  savedBy: name,
  savedAt: saved_at.getTime(),
});

/** What a language calls itself, e.g. 中文. */
function ownNameOf(language: string): string {
  const plain = new Intl.Locale(language).minimize().toString();
  return new Intl.DisplayNames([language], { type: 'language' }).of(plain) ?? language;
}
