import { newId } from '#platform/ids.ts';
import type { MissingConsent } from '#protocol/consent.ts';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import { durationOf, type Programme, toLesson, toProgramme } from '#protocol/programme.ts';
import { isProgramme, type Reach, type Resource } from '#protocol/resource.ts';
import {
  type AuthorsPromise,
  type HistoryLine,
  type NewRemark,
  type ReviewFile,
  type ReviewRemark,
  summaryOf,
} from '#protocol/review.ts';
import type { Db } from '../database/database.ts';
import type { ResourceAccess } from '../resource/access.ts';
import type { Consents } from './consents.ts';
import type { ReviewService } from './review-service.ts';
import type { SensitiveHits } from './sensitive-hits.ts';

/** Everything that author and reviewers read and write about one resource: its file. */
export class ReviewFiles {
  readonly #db: Db;
  readonly #access: ResourceAccess;
  readonly #consents: Consents;
  readonly #review: ReviewService;
  readonly #hits: SensitiveHits;

  constructor(
    db: Db,
    parts: { access: ResourceAccess; consents: Consents; review: ReviewService; hits: SensitiveHits },
  ) {
    this.#db = db;
    this.#access = parts.access;
    this.#consents = parts.consents;
    this.#review = parts.review;
    this.#hits = parts.hits;
  }

  async of(resourceId: string, account: Account): Promise<ReviewFile> {
    const resource = await this.#concerned(resourceId, account);
    const { passed, password_hash } = await this.#db
      .selectFrom('resource')
      .select(['passed', 'password_hash'])
      .where('id', '=', resourceId)
      .executeTakeFirstOrThrow();
    return {
      resource,
      passed,
      promise: await this.#promise(resourceId),
      hits: await this.#hits.of(resource),
      remarks: await this.#remarks(resource, account),
      history: await this.#history(resourceId),
      missing: await this.#consents.missingFor(resource, resource.reach),
      hasPassword: password_hash !== null,
      can: await this.#review.canDo(resource, account),
    };
  }

  async missing(resourceId: string, account: Account, reach: Reach): Promise<MissingConsent> {
    return await this.#consents.missingFor(await this.#concerned(resourceId, account), reach);
  }

  async remark(resourceId: string, account: Account, { text, atMs }: NewRemark): Promise<ReviewRemark> {
    const resource = await this.#concerned(resourceId, account);
    const moment = atMs === null ? null : kept(resource, atMs);
    const id = newId();
    await this.#db
      .insertInto('review_remark')
      .values({
        id,
        resource_id: resourceId,
        recording_id: moment?.recordingId ?? null,
        at_ms: moment?.ms ?? null,
        text,
        by_account_id: account.accountId,
        at: new Date(),
        done_at: null,
      })
      .execute();
    return (await this.#remarks(resource, account)).find(({ remarkId }) => remarkId === id)!;
  }

  /** Whether it was seen to; its author and whoever wrote it say so. */
  async setDone(
    resourceId: string,
    remarkId: string,
    account: Account,
    done: boolean,
  ): Promise<ReviewRemark> {
    const resource = await this.#concerned(resourceId, account);
    const { numUpdatedRows } = await this.#db
      .updateTable('review_remark')
      .set({ done_at: done ? new Date() : null })
      .where('id', '=', remarkId)
      .where('resource_id', '=', resourceId)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw new AppError('NOT_FOUND', 'no such remark');
    return (await this.#remarks(resource, account)).find((remark) => remark.remarkId === remarkId)!;
  }

  /** Author and reviewers; a viewer is told that there is no such thing. */
  async #concerned(resourceId: string, account: Account): Promise<Resource> {
    const resource = await this.#access.permitted(resourceId, account, 'resource.see');
    if (!resource.may.includes('resource.withdraw')) throw new AppError('NOT_FOUND', 'no such review');
    return resource;
  }

  async #promise(resourceId: string): Promise<AuthorsPromise | null> {
    const row = await this.#db
      .selectFrom('resource_promise')
      .innerJoin('account', 'account.id', 'resource_promise.account_id')
      .selectAll('resource_promise')
      .select('account.name as by_name')
      .where('resource_id', '=', resourceId)
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (!row) return null;
    const { name, text_version, by_name, at, version, reach, licence } = row;
    return { name, text: text_version, byName: by_name, at: at.getTime(), version, reach, licence };
  }

  async #remarks(resource: Resource, { accountId }: Account): Promise<ReviewRemark[]> {
    const rows = await this.#db
      .selectFrom('review_remark')
      .innerJoin('account', 'account.id', 'review_remark.by_account_id')
      .selectAll('review_remark')
      .select('account.name')
      .where('resource_id', '=', resource.resourceId)
      .orderBy('at')
      .execute();
    return rows.map((row) => {
      const atMs = shown(resource.programme, row);
      return {
        remarkId: row.id,
        text: row.text,
        atMs,
        cutOut: atMs === null && row.at_ms !== null,
        byName: row.name,
        at: row.at.getTime(),
        done: row.done_at !== null,
        mine: row.by_account_id === accountId,
      };
    });
  }

  /** The newest first. */
  async #history(resourceId: string): Promise<HistoryLine[]> {
    const rows = await this.#db
      .selectFrom('resource_version')
      .leftJoin('account', 'account.id', 'resource_version.by_account_id')
      .leftJoin('resource_decision', (join) =>
        join
          .onRef('resource_decision.resource_id', '=', 'resource_version.resource_id')
          .onRef('resource_decision.version', '=', 'resource_version.version'),
      )
      .selectAll('resource_version')
      .select(['account.name', 'resource_decision.note'])
      .where('resource_version.resource_id', '=', resourceId)
      .orderBy('resource_version.version', 'desc')
      .limit(200)
      .execute();
    return rows.map(({ version, state, title, what, at, name, note, programme }) => ({
      version,
      state,
      title,
      what,
      byName: name,
      at: at.getTime(),
      note: note ?? '',
      durationMs: programme && durationOf(programme),
      ...summaryOf(programme),
    }));
  }
}

/** A moment as it is kept: in the recording's own time, so that trimming the head moves no remark. */
function kept({ programme, kind }: Resource, atMs: number): { recordingId: string | null; ms: number } {
  if (!programme || !isProgramme(kind)) return { recordingId: null, ms: atMs };
  return toLesson(programme, atMs);
}

function shown(
  programme: Programme | null,
  { recording_id, at_ms }: { recording_id: string | null; at_ms: number | null },
): number | null {
  if (at_ms === null || recording_id === null || !programme) return at_ms;
  return toProgramme(programme, recording_id, at_ms);
}
