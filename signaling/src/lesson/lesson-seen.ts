import { dayAndMinuteOf, weekOfTerm } from '#protocol/calendar.ts';
import type { Account, Lesson, PlannedClassroom } from '#protocol/domain.ts';
import { actionsIn, type LessonRole } from '#protocol/permission.ts';
import type { LessonRow, RemoteRow } from './lesson-rows.ts';

/** A lesson as `account` sees it. Which role it has here is worked out in this file and nowhere else. */
export function seenBy(account: Account, row: LessonRow, remotes: RemoteRow[], timeZone: string): Lesson {
  const role = roleIn(account, row, remotes);
  const cancelled = row.cancelled_at === null ? null : { reason: row.cancel_reason ?? '' };
  const masterClassroom: PlannedClassroom = {
    accountId: row.master_classroom_id,
    name: row.master_name,
    organizationName: row.master_organization,
    classGroupName: row.master_group,
    period: row.period,
  };
  const remoteClassrooms = remotes.map(plannedOf);
  const helpsAccountId =
    role === 'assistant'
      ? (remotes.find(({ assistant_id }) => assistant_id === account.accountId)?.classroom_id ?? null)
      : null;
  return {
    lessonId: row.id,
    courseId: row.course_id,
    mode: row.mode,
    state: row.state,
    title: row.title,
    subject: row.subject,
    grade: row.grade,
    period: row.period,
    week:
      row.term_starts_on === null
        ? null
        : weekOfTerm(
            { startsOn: row.term_starts_on },
            dayAndMinuteOf(row.planned_start.getTime(), timeZone).day,
          ),
    plannedStart: row.planned_start.getTime(),
    plannedEnd: row.planned_end.getTime(),
    actualStart: row.actual_start?.getTime() ?? null,
    actualEnd: row.actual_end?.getTime() ?? null,
    cancelled,
    autoOpen: row.auto_open,
    teacherName: row.teacher_name,
    substituteFor: row.substituted_name,
    masterClassroom,
    remoteClassrooms,
    partners: partnersOf(ownRoomOf(role, account, row, helpsAccountId), [
      masterClassroom,
      ...remoteClassrooms,
    ]),
    organizationName: row.organization_name,
    replayMs: row.duration_ms,
    version: row.version,
    may: actionsIn({ role, cancelled }),
    role,
    helpsAccountId,
  };
}

const plannedOf = (row: RemoteRow): PlannedClassroom => ({
  accountId: row.classroom_id,
  name: row.name,
  organizationName: row.organization_name,
  classGroupName: row.class_group_name,
  period: row.period,
});

function roleIn({ accountId, role }: Account, row: LessonRow, remotes: RemoteRow[]): LessonRole {
  if (accountId === row.teacher_id || accountId === row.master_classroom_id) return 'presenter';
  if (remotes.some(({ classroom_id }) => classroom_id === accountId)) return 'remote';
  if (remotes.some(({ assistant_id }) => assistant_id === accountId)) return 'assistant';
  if (row.is_below) {
    if (role === 'administrator') return 'administrator';
    if (role === 'researcher') return 'observer';
    if (role === 'operator') return 'operator';
  }
  if (row.is_pupil) return 'viewer';
  if (row.is_remote_side || row.is_invited) return 'observer';
  return 'stranger';
}

/** The room in which somebody sits during the lesson; null: in none of its own. */
function ownRoomOf(
  role: LessonRole,
  { accountId }: Account,
  row: LessonRow,
  helpsAccountId: string | null,
): string | null {
  if (role === 'presenter') return row.master_classroom_id;
  return role === 'remote' ? accountId : helpsAccountId;
}

/** With whom a room sits: every other one; who has no room of their own sees all. */
const partnersOf = (own: string | null, all: PlannedClassroom[]): PlannedClassroom[] =>
  all.filter(({ accountId }) => accountId !== own);
