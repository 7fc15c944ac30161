import { derivedId } from '#platform/ids.ts';
import type { Id } from '#protocol/ids.ts';
import type { Roster } from '#protocol/rest.ts';
import type { Db } from '../database/database.ts';

/** As a class list is written; the database knows no order of Chinese names. */
const BY_PINYIN = new Intl.Collator('zh-CN');

/** Which children belong to the class groups that sit in a lesson. */
export class RosterRepository {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Master classroom first, then the remote ones in the plan's order. */
  async ofLesson(lessonId: Id): Promise<Roster> {
    const rooms = [...(await this.#master(lessonId)), ...(await this.#remotes(lessonId))];
    return await Promise.all(
      rooms.map(async ({ classroomAccountId, organizationName, classGroupId, classGroupName }) => ({
        classroomAccountId,
        participantId: derivedId('participant', lessonId, classroomAccountId),
        organizationName,
        classGroupName,
        children: classGroupId ? await this.#children(classGroupId) : [],
      })),
    );
  }

  async #master(lessonId: Id) {
    return await this.#db
      .selectFrom('lesson')
      .innerJoin('classroom', 'classroom.id', 'lesson.master_classroom_id')
      .innerJoin('organization', 'organization.id', 'classroom.organization_id')
      .leftJoin('class_group', 'class_group.id', 'lesson.master_class_group_id')
      .select([
        'classroom.id as classroomAccountId',
        'organization.name as organizationName',
        'class_group.id as classGroupId',
        'class_group.name as classGroupName',
      ])
      .where('lesson.id', '=', lessonId)
      .execute();
  }

  async #remotes(lessonId: Id) {
    return await this.#db
      .selectFrom('lesson_remote')
      .innerJoin('classroom', 'classroom.id', 'lesson_remote.classroom_id')
      .innerJoin('organization', 'organization.id', 'classroom.organization_id')
      .leftJoin('class_group', 'class_group.id', 'lesson_remote.class_group_id')
      .select([
        'classroom.id as classroomAccountId',
        'organization.name as organizationName',
        'class_group.id as classGroupId',
        'class_group.name as classGroupName',
      ])
      .where('lesson_remote.lesson_id', '=', lessonId)
      .orderBy('position')
      .execute();
  }

  async #children(classGroupId: Id): Promise<{ name: string }[]> {
    const children = await this.#db
      .selectFrom('class_group_member')
      .innerJoin('account', 'account.id', 'class_group_member.account_id')
      .select('account.name')
      .where('class_group_id', '=', classGroupId)
      .execute();
    return children.sort((a, b) => BY_PINYIN.compare(a.name, b.name));
  }
}
