import { sql } from 'kysely';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { Shelf } from '#protocol/shelf.ts';
import type { Db } from '../database/database.ts';
import { audiencesOf, countiesOf } from './audience.ts';
import type { Cards } from './cards.ts';

/** The libraries (资源库) of a teacher and of a school; and courses. */
export class Shelves {
  readonly #db: Db;
  readonly #cards: Cards;

  constructor(db: Db, cards: Cards) {
    this.#db = db;
    this.#cards = cards;
  }

  /** @throws AppError NOT_FOUND when there is nothing of theirs that the account may watch, and it is not their school */
  async ofTeacher(accountId: string, account: Account | null): Promise<Shelf> {
    const row = await this.#db
      .selectFrom('account')
      .innerJoin('account_role', 'account_role.account_id', 'account.id')
      .innerJoin('organization', 'organization.id', 'account.organization_id')
      .select(['account.name', 'account.organization_id', 'organization.name as organization_name'])
      .select(['organization.kind', 'account_role.role'])
      .where('account.id', '=', accountId)
      .executeTakeFirst();
    const near = row && row.organization_id === account?.organizationId;
    if (!row || !(near || (await this.#hasAny('author_id', [accountId], account))))
      throw new AppError('NOT_FOUND', 'no such library');
    return {
      name: row.name,
      organizationId: row.organization_id,
      organizationName: row.organization_name,
      organizationKind: row.kind,
      county: await this.#countyOf(row.organization_id),
      role: row.role,
    };
  }

  /** @throws AppError NOT_FOUND as {@link ofTeacher} */
  async ofSchool(organizationId: string, account: Account | null): Promise<Shelf> {
    const row = await this.#db
      .selectFrom('organization')
      .selectAll()
      .where('id', '=', organizationId)
      .executeTakeFirst();
    const near = organizationId === account?.organizationId;
    if (
      !row ||
      !(near || (await this.#hasAny('organization_id', await this.#schoolsOf(organizationId), account)))
    )
      throw new AppError('NOT_FOUND', 'no such library');
    return {
      name: row.name,
      organizationId,
      organizationName: row.name,
      organizationKind: row.kind,
      county: await this.#countyOf(organizationId),
      role: null,
    };
  }

  /**
   * A course and the replays of its lessons in their order, as far as the account may watch them.
   * @throws AppError NOT_FOUND when it may watch none
   */
  async ofCourse(courseId: string, account: Account | null) {
    const course = await this.#db
      .selectFrom('course')
      .innerJoin('organization', 'organization.id', 'course.organization_id')
      .select(['course.title', 'course.subject', 'course.grade', 'course.organization_id'])
      .select('organization.name as organization_name')
      .where('course.id', '=', courseId)
      .executeTakeFirst();
    const lessons = await this.#db
      .selectFrom('resource')
      .innerJoin('lesson', 'lesson.id', 'resource.lesson_id')
      .select(['resource.id', 'lesson.title', 'lesson.planned_start'])
      .where('lesson.course_id', '=', courseId)
      .where('resource.kind', '=', 'replay')
      .where('resource.state', '=', 'published')
      .orderBy('lesson.planned_start')
      .orderBy('resource.id')
      .execute();
    const cards = await this.#cards.ofIds(
      lessons.map(({ id }) => id),
      account,
    );
    if (!course || cards.length === 0) throw new AppError('NOT_FOUND', 'no such course');
    const lessonOf = new Map(lessons.map((lesson) => [lesson.id, lesson]));
    return {
      courseId,
      title: course.title,
      subject: course.subject,
      grade: course.grade,
      organizationId: course.organization_id,
      organizationName: course.organization_name,
      cards,
      lessonOf: (resourceId: string) => {
        const { title, planned_start } = lessonOf.get(resourceId)!;
        return { lessonTitle: title, plannedStart: planned_start.getTime() };
      },
    };
  }

  /** Itself, and below a bureau all whose nearest bureau it is. */
  async #schoolsOf(organizationId: string): Promise<string[]> {
    const counties = await countiesOf(this.#db);
    const below = [...counties].flatMap(([id, county]) => (county === organizationId ? [id] : []));
    return [...new Set([organizationId, ...below])];
  }

  async #countyOf(organizationId: string): Promise<Shelf['county']> {
    const countyId = (await countiesOf(this.#db)).get(organizationId);
    if (!countyId || countyId === organizationId) return null;
    const { name } = await this.#db
      .selectFrom('organization')
      .select('name')
      .where('id', '=', countyId)
      .executeTakeFirstOrThrow();
    return { organizationId: countyId, name };
  }

  async #hasAny(
    column: 'author_id' | 'organization_id',
    ids: readonly string[],
    account: Account | null,
  ): Promise<boolean> {
    const audiences = await audiencesOf(this.#db, account);
    const found = await this.#db
      .selectFrom('search_entry')
      .select('resource_id')
      .where(column, 'in', ids)
      .where((eb) =>
        eb.or([
          eb('audience', 'in', audiences),
          ...(account ? [eb('author_id', '=', account.accountId)] : []),
        ]),
      )
      .where(sql<boolean>`(starts_at is null or starts_at <= now()) and (ends_at is null or ends_at > now())`)
      .limit(1)
      .executeTakeFirst();
    return found !== undefined;
  }
}
