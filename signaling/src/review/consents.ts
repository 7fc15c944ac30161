import { derivedId, newId } from '#platform/ids.ts';
import type { ConsentScope, MissingConsent } from '#protocol/consent.ts';
import type { Programme } from '#protocol/programme.ts';
import type { Reach } from '#protocol/resource.ts';
import type { Db } from '../database/database.ts';
import type { ResourceRow } from '../resource/resource-rows.ts';
import { needsConsent } from './age.ts';

const RANK: Record<ConsentScope, number> = { none: 0, class: 1, school: 2, public: 3 };

/** How far a consent must go for a reach. The county is beyond what a school's parents were asked. */
export function scopeFor(reach: Reach): ConsentScope {
  if (reach === 'classes') return 'class';
  return reach === 'school' ? 'school' : 'public';
}

export interface Hiding {
  programme: Programme;
  consentHidden: string[];
}

/** Which classes' families agreed to what, and which feeds of a resource that leaves out. */
export class Consents {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** The newest consent of each of these classes; `none` where nothing was recorded. */
  async scopesOf(classGroupIds: readonly string[]): Promise<Map<string, ConsentScope>> {
    const scopes = new Map<string, ConsentScope>(classGroupIds.map((id) => [id, 'none']));
    if (classGroupIds.length === 0) return scopes;
    const rows = await this.#db
      .selectFrom('class_consent')
      .select(['class_group_id', 'scope'])
      .where('class_group_id', 'in', [...classGroupIds])
      .orderBy('recorded_at')
      .orderBy('id')
      .execute();
    for (const { class_group_id, scope } of rows) scopes.set(class_group_id, scope);
    return scopes;
  }

  async record(
    classes: readonly { classGroupId: string; organizationId: string }[],
    scope: ConsentScope,
    note: string,
    accountId: string,
    at = new Date(),
    db: Db = this.#db,
  ): Promise<void> {
    const rows = classes.map(({ classGroupId, organizationId }) => ({
      id: newId(),
      organization_id: organizationId,
      class_group_id: classGroupId,
      scope,
      note,
      recorded_by: accountId,
      recorded_at: at,
    }));
    await db.insertInto('class_consent').values(rows).execute();
  }

  /** The feeds that a resource may not show to this reach for want of consent. */
  async missingFor({ programme }: Pick<ResourceRow, 'programme'>, reach: Reach): Promise<MissingConsent> {
    if (!programme) return [];
    return await this.missingInLessons([...new Set(programme.clips.map(({ lessonId }) => lessonId))], reach);
  }

  async missingInLessons(lessonIds: string[], reach: Reach): Promise<MissingConsent> {
    const needed = RANK[scopeFor(reach)];
    const feeds = await this.#feedsOfClasses(lessonIds);
    const groups = feeds.flatMap(({ classGroupId }) => (classGroupId ? [classGroupId] : []));
    const scopes = await this.scopesOf([...new Set(groups)]);
    return feeds
      .filter(({ grade }) => grade === null || needsConsent(grade))
      .map(({ classGroupId, grade: _grade, ...feed }) => ({
        ...feed,
        // A class that nobody named has agreed to nothing.
        scope: classGroupId ? (scopes.get(classGroupId) ?? 'none') : ('none' as const),
      }))
      .filter(({ scope }) => RANK[scope] < needed);
  }

  /**
   * The programme as it may be published: the author's hidden feeds and those without consent. What only a missing
   * consent hid before is seen again where there is one now.
   */
  async hidingFor(resource: ResourceRow, reach: Reach): Promise<Hiding | null> {
    const { programme, resourceId } = resource;
    if (!programme) return null;
    const { consent_hidden } = await this.#db
      .selectFrom('resource')
      .select('consent_hidden')
      .where('id', '=', resourceId)
      .executeTakeFirstOrThrow();
    const missing = await this.missingFor(resource, reach);
    return hide(
      programme,
      consent_hidden,
      missing.map(({ trackId }) => trackId),
    );
  }

  /**
   * Recorded feeds in which a class is seen or heard: all of a remote classroom's, and of the master classroom the
   * picture of the pupils (its sound is the teacher's).
   */
  async #feedsOfClasses(lessonIds: string[]) {
    const tracks = await this.#db
      .selectFrom('recording_track')
      .innerJoin('recording', 'recording.id', 'recording_track.recording_id')
      .innerJoin('lesson', 'lesson.id', 'recording.lesson_id')
      .select(['track_id', 'participant_id', 'role', 'lesson.id as lesson_id'])
      .select(['lesson.master_class_group_id', 'lesson.master_classroom_id'])
      .where('lesson.id', 'in', lessonIds)
      .orderBy('track_id')
      .execute();
    const remotes = await this.#db
      .selectFrom('lesson_remote')
      .innerJoin('classroom', 'classroom.id', 'lesson_remote.classroom_id')
      .select(['lesson_id', 'classroom_id', 'class_group_id', 'classroom.name'])
      .where('lesson_id', 'in', lessonIds)
      .execute();
    const groups = new Map(
      (await this.#db.selectFrom('class_group').select(['id', 'name', 'grade']).execute()).map((group) => [
        group.id,
        group,
      ]),
    );
    const rooms = new Map(
      remotes.map((remote) => [derivedId('participant', remote.lesson_id, remote.classroom_id), remote]),
    );
    const masters = new Map(
      (await this.#db.selectFrom('classroom').select(['id', 'name']).execute()).map(({ id, name }) => [
        id,
        name,
      ]),
    );
    return tracks.flatMap((track) => {
      const remote = rooms.get(track.participant_id);
      if (!remote && track.role !== 'pupils') return [];
      const classGroupId = remote ? remote.class_group_id : track.master_class_group_id;
      const group = classGroupId ? groups.get(classGroupId) : undefined;
      return [
        {
          trackId: track.track_id,
          role: track.role,
          roomName: remote?.name ?? masters.get(track.master_classroom_id) ?? '',
          classGroupId,
          classGroupName: group?.name ?? null,
          grade: group?.grade ?? null,
        },
      ];
    });
  }
}

/** Takes the author's hidden feeds and those that a consent is missing for apart, and puts them together anew. */
export function hide(programme: Programme, before: readonly string[], missing: readonly string[]): Hiding {
  const authors = programme.hiddenTrackIds.filter((id) => !before.includes(id));
  const consentHidden = missing.filter((id) => !authors.includes(id));
  return { programme: { ...programme, hiddenTrackIds: [...authors, ...consentHidden] }, consentHidden };
}
