import { sql } from 'kysely';
import type { Account } from '#protocol/domain.ts';
import {
  EDITABLE_STATES,
  type EditDesk,
  type Joinable,
  type SplitResource,
  type VersionLine,
} from '#protocol/edit-rest.ts';
import { AppError } from '#protocol/errors.ts';
import { durationOf, type Programme } from '#protocol/programme.ts';
import { isProgramme, type Resource } from '#protocol/resource.ts';
import type { Db } from '../database/database.ts';
import type { ResourceAccess } from '../resource/access.ts';
import type { ResourceRepository } from '../resource/resource-repository.ts';
import type { EditSources } from './edit-sources.ts';
import { ProgrammeCheck } from './programme-check.ts';

/** Pages save every few seconds; the history keeps one save a minute of each editor. */
const KEPT_EVERY_MS = 60_000;
const MOST_VERSIONS = 200;

type Editable = Resource & { programme: Programme };

/** Changes what resources show. Every change says which version it saw, and the one before it can be gone back to. */
export class EditService {
  readonly sources: EditSources;
  readonly #db: Db;
  readonly #resources: ResourceRepository;
  readonly #access: ResourceAccess;
  readonly #check: ProgrammeCheck;

  constructor(db: Db, resources: ResourceRepository, access: ResourceAccess, sources: EditSources) {
    this.#db = db;
    this.#resources = resources;
    this.#access = access;
    this.sources = sources;
    this.#check = new ProgrammeCheck(db, sources);
  }

  /** @throws AppError NOT_FOUND when the lesson has no replay that this account may edit. */
  async entry(lessonId: string, account: Account): Promise<{ resourceId: string }> {
    const row = await this.#resources.ofLesson(lessonId);
    // As of a replay that is not theirs: whether there is one is nobody else's business.
    if (!row) throw new AppError('NOT_FOUND', 'no such resource');
    const { resourceId } = row;
    await this.#editable(resourceId, account);
    return { resourceId };
  }

  async desk(resourceId: string, account: Account): Promise<EditDesk> {
    const resource = await this.#editable(resourceId, account);
    const recordingIds = new Set(resource.programme.clips.map(({ recordingId }) => recordingId));
    const sources = await Promise.all([...recordingIds].map(async (id) => await this.sources.source(id)));
    return { resource, sources };
  }

  async joinable(resourceId: string, account: Account, search: string): Promise<Joinable[]> {
    await this.#editable(resourceId, account);
    return await this.sources.joinable(account, search);
  }

  /** @throws AppError NOT_FOUND when this account may edit neither the recording nor a resource that shows it. */
  async mustMayUse(resourceId: string, recordingId: string, account: Account): Promise<void> {
    const { programme } = await this.#editable(resourceId, account);
    if (programme.clips.some((clip) => clip.recordingId === recordingId)) return;
    if (!(await this.sources.editableOf([recordingId], account)).has(recordingId))
      throw new AppError('NOT_FOUND', 'no such recording');
  }

  /** @throws AppError OVERTAKEN, WRONG_STATE, NOT_FOUND, BAD_REQUEST; nothing is changed then. */
  async save(resourceId: string, seen: number, programme: Programme, account: Account): Promise<number> {
    const resource = await this.#changeable(resourceId, seen, account);
    await this.#check.check(programme, account, resource.programme);
    const version = await this.#put(resource, seen, programme, { account, what: 'edited' });
    await this.#thinOut(resourceId, seen, account.accountId);
    return version;
  }

  /** Goes back to how the resource was at a version; what was since then stays in the history. */
  async restore(
    resourceId: string,
    seen: number,
    version: number,
    account: Account,
  ): Promise<{ version: number; programme: Programme }> {
    const resource = await this.#changeable(resourceId, seen, account);
    const kept = await this.#db
      .selectFrom('resource_version')
      .select('programme')
      .where('resource_id', '=', resourceId)
      .where('version', '=', version)
      .executeTakeFirst();
    if (!kept?.programme) throw new AppError('NOT_FOUND', 'no such version');
    const { programme } = kept;
    // A recording that it showed may be gone since.
    await this.#check.check(programme, account, programme);
    const what = 'restored';
    return { version: await this.#put(resource, seen, programme, { account, what }), programme };
  }

  /** Makes micro-videos, all of them or none; drafts of the resource's author, with its hidden feeds and its cut. */
  async split(
    resourceId: string,
    { seen, parts }: SplitResource,
    account: Account,
  ): Promise<{ resourceId: string; title: string }[]> {
    const resource = await this.#editable(resourceId, account);
    if (resource.version !== seen) throw new AppError('OVERTAKEN', 'the resource was changed meanwhile');
    const { hiddenTrackIds, shots } = resource.programme;
    const made = parts.map(({ title, clips }) => {
      const shown = new Set(clips.map(({ recordingId }) => recordingId));
      const own = shots?.filter(({ recordingId }) => shown.has(recordingId)) ?? [];
      return { title, programme: { clips, hiddenTrackIds, shots: own.length > 0 ? own : null } };
    });
    for (const { programme } of made) await this.#check.check(programme, account, resource.programme);
    const { organizationId, authorId, catalogue } = resource;
    const ids = await this.#resources.createAll(
      made.map(({ title, programme }) => ({
        organizationId,
        kind: 'microVideo' as const,
        lessonId: programme.clips[0]!.lessonId,
        authorId,
        title,
        description: '',
        programme,
        durationMs: durationOf(programme),
        catalogue,
      })),
    );
    return ids.map((id, index) => ({ resourceId: id, title: made[index]!.title }));
  }

  /** The history, newest first. */
  async versions(resourceId: string, account: Account): Promise<VersionLine[]> {
    await this.#editable(resourceId, account);
    const rows = await this.#db
      .selectFrom('resource_version as kept')
      .leftJoin('account', 'account.id', 'kept.by_account_id')
      .select(['kept.version', 'kept.state', 'kept.what', 'kept.at', 'kept.by_account_id', 'account.name'])
      .select([
        sql<number>`coalesce(jsonb_array_length(kept.programme -> 'clips'), 0)`.as('clips'),
        sql<number | null>`(select sum((clip ->> 'toMs')::float8 - (clip ->> 'fromMs')::float8)
          from jsonb_array_elements(kept.programme -> 'clips') clip)`.as('duration'),
      ])
      .where('kept.resource_id', '=', resourceId)
      .orderBy('kept.version', 'desc')
      .limit(MOST_VERSIONS)
      .execute();
    return rows.map(({ version, state, what, at, by_account_id, name, clips, duration }) => ({
      version,
      state,
      what,
      byName: name,
      byMe: by_account_id === account.accountId,
      at: at.getTime(),
      durationMs: duration === null ? null : Number(duration),
      clips: Number(clips),
    }));
  }

  async #put(
    { resourceId, kind, lessonId }: Editable,
    seen: number,
    programme: Programme,
    { account, what }: { account: Account; what: string },
  ): Promise<number> {
    const change = {
      programme: JSON.stringify(programme),
      duration_ms: durationOf(programme),
      // A replay is its lesson's, whatever comes first in it.
      lesson_id: kind === 'replay' ? lessonId : programme.clips[0]!.lessonId,
    };
    return await this.#resources.change(resourceId, seen, change, { byAccountId: account.accountId, what });
  }

  async #editable(resourceId: string, account: Account): Promise<Editable> {
    const resource = await this.#access.permitted(resourceId, account, 'resource.edit').catch((error) => {
      // Who only watches it has no desk there.
      throw AppError.from(error).code === 'FORBIDDEN' ? new AppError('NOT_FOUND', 'no such resource') : error;
    });
    if (!isProgramme(resource.kind) || !resource.programme)
      throw new AppError('NOT_FOUND', 'this resource is a file and not made of recordings');
    return { ...resource, programme: resource.programme };
  }

  /** The change itself compares versions again: a state that changes in between is a new version too. */
  async #changeable(resourceId: string, seen: number, account: Account): Promise<Editable> {
    const resource = await this.#editable(resourceId, account);
    if (!EDITABLE_STATES.includes(resource.state))
      throw new AppError('WRONG_STATE', `what is ${resource.state} is not edited`);
    if (resource.version !== seen) throw new AppError('OVERTAKEN', 'the resource was changed meanwhile');
    return resource;
  }

  async #thinOut(resourceId: string, version: number, accountId: string): Promise<void> {
    const minute = new Date(Math.floor(Date.now() / KEPT_EVERY_MS) * KEPT_EVERY_MS);
    await this.#db
      .deleteFrom('resource_version')
      .where('resource_id', '=', resourceId)
      .where('version', '=', version)
      .where('what', '=', 'edited')
      .where('by_account_id', '=', accountId)
      .where('at', '>=', minute)
      .execute();
  }
}
