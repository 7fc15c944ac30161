import type { Id } from '#protocol/ids.ts';
import type { NoticePart } from '#protocol/notice.ts';
import type { LessonPlan } from '#protocol/timetable.ts';
import type { Db } from '../database/database.ts';
import { matterOfLesson } from './lesson-news.ts';

type Concern = LessonPlan['concerns'][number];
/** Whom a lesson concerns by the timetable; a class has no account. */
export interface Concerned extends Omit<Concern, 'told'> {
  accountId: Id | null;
}

const KINDS: Record<NoticePart, Concern['kind']> = {
  ...{ teacher: 'teacher', assistant: 'assistant', classroom: 'classroom', administrator: 'administrator' },
  ...{ guest: 'guest', reviewer: 'guest', host: 'administrator' },
};

/** With when each of them was last told of a change and read it; then who else was told. */
export async function toldOfLesson(
  db: Db,
  lessonId: Id,
  concerned: readonly Concerned[],
): Promise<LessonPlan['concerns']> {
  const rows = await db
    .selectFrom('notice')
    .innerJoin('account', 'account.id', 'notice.account_id')
    .innerJoin('organization', 'organization.id', 'account.organization_id')
    .select(['notice.account_id', 'notice.at', 'notice.read_at', 'notice.part'])
    .select(['account.name', 'organization.name as organization_name'])
    .where('lesson_id', '=', lessonId)
    .where('matter', '=', matterOfLesson(lessonId))
    .where('withdrawn_at', 'is', null)
    .orderBy('notice.at', 'desc')
    .execute();
  const last = new Map<Id, (typeof rows)[number]>();
  for (const row of rows) if (!last.has(row.account_id)) last.set(row.account_id, row);
  const toldOf = ({ at, read_at }: (typeof rows)[number]) => ({
    ...{ at: at.getTime(), readAt: read_at?.getTime() ?? null },
  });
  const listed = new Set(concerned.map(({ accountId }) => accountId));
  return [
    ...concerned.map(({ accountId, ...concern }) => {
      const row = accountId === null ? undefined : last.get(accountId);
      return { ...concern, told: row ? toldOf(row) : null };
    }),
    ...[...last.values()]
      .filter(({ account_id }) => !listed.has(account_id))
      .map((row) => ({
        ...{ kind: KINDS[row.part], name: row.name, organizationName: row.organization_name },
        told: toldOf(row),
      })),
  ];
}
