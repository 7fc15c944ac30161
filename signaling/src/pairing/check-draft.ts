import { sql } from 'kysely';
import { type Day, weeksMeet } from '#protocol/calendar.ts';
import { AppError, type FieldError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { PairingDraft } from '#protocol/pairing.ts';
import { bellsOf } from '../bells/bells-of.ts';
import type { Db } from '../database/database.ts';

/** What a draft turned out to be made of. */
export interface CheckedDraft {
  draft: PairingDraft;
  /** The master class's. */
  organizationId: Id;
  /** Of each remote class, in order. */
  remoteOrganizations: Id[];
}

/** Which schools may be part of it. */
export interface DraftReach {
  /** With the master class. */
  leads: ReadonlySet<Id>;
  /** With a remote class. */
  partners: ReadonlySet<Id>;
}

/**
 * Looks up all that a draft names; what is not within reach is as if it were not there. It may still be without courses, partners or periods: `mustBeWhole`.
 * @throws AppError FIELDS naming what is not there, does not belong together or stands twice.
 */
export async function checkDraft(
  db: Db,
  draft: PairingDraft,
  { leads, partners }: DraftReach,
): Promise<CheckedDraft> {
  const fields: FieldError[] = [];
  const wrong = (path: string, issue: FieldError['issue'], values?: FieldError['values']) =>
    fields.push({ path, issue, ...(values && { values }) });
  const master = await classGroup(db, draft.masterClassGroupId, leads);
  if (!master)
    throw new AppError('FIELDS', 'no master class', {
      fields: [{ path: 'masterClassGroupId', issue: 'unknown' }],
    });
  const above = await organizationsAbove(db, master.organization_id);
  const term = await db.selectFrom('term').selectAll().where('id', '=', draft.termId).executeTakeFirst();
  if (!term || !above.includes(term.organization_id)) wrong('termId', 'unknown');
  if (!(await isRoomOf(db, draft.masterClassroomId, [master.organization_id])))
    wrong('masterClassroomId', 'unknown');
  for (const [index, { courseId, teacherId }] of draft.courses.entries()) {
    const course = await db
      .selectFrom('course')
      .select('id')
      .where('id', '=', courseId)
      .where('organization_id', 'in', above)
      .where('archived_at', 'is', null)
      .executeTakeFirst();
    if (!course) wrong(`courses.${index}.courseId`, 'unknown');
    if (draft.courses.findIndex((other) => other.courseId === courseId) < index)
      wrong(`courses.${index}.courseId`, 'taken');
    if (!(await isStaffOf(db, teacherId, above))) wrong(`courses.${index}.teacherId`, 'unknown');
  }
  const remoteOrganizations: Id[] = [];
  for (const [index, { classGroupId, classroomId, assistantId }] of draft.remotes.entries()) {
    const group = await classGroup(db, classGroupId, partners);
    const twice = draft.remotes.findIndex((other) => other.classGroupId === classGroupId) < index;
    if (!group) wrong(`remotes.${index}.classGroupId`, 'unknown');
    else if (twice || classGroupId === draft.masterClassGroupId)
      wrong(`remotes.${index}.classGroupId`, 'taken');
    const there = group ? await organizationsAbove(db, group.organization_id) : [];
    if (!group || !(await isRoomOf(db, classroomId, [group.organization_id])))
      wrong(`remotes.${index}.classroomId`, 'unknown');
    else if (
      classroomId === draft.masterClassroomId ||
      draft.remotes.findIndex((other) => other.classroomId === classroomId) < index
    )
      wrong(`remotes.${index}.classroomId`, 'taken');
    if (assistantId && !(await isStaffOf(db, assistantId, there)))
      wrong(`remotes.${index}.assistantId`, 'unknown');
    remoteOrganizations.push(group?.organization_id ?? '');
  }
  fields.push(...slotErrors(draft));
  const bells = term && (await bellsOf(db, master.organization_id, term.starts_on));
  for (const [index, { period }] of draft.slots.entries())
    if (bells && !bells.periods.some((each) => each.period === period))
      wrong(`slots.${index}.period`, 'unknown');
  if (fields.length > 0) throw new AppError('FIELDS', 'the pairing', { fields });
  return { draft, organizationId: master.organization_id, remoteOrganizations };
}

function slotErrors({ slots, courses }: PairingDraft): FieldError[] {
  return slots.flatMap((slot, index): FieldError[] => {
    if (!courses.some(({ courseId }) => courseId === slot.courseId))
      return [{ path: `slots.${index}.courseId`, issue: 'unknown' }];
    const meets = slots
      .slice(0, index)
      .some(
        (other) =>
          other.weekday === slot.weekday &&
          other.period === slot.period &&
          weeksMeet(other.weeks, slot.weeks),
      );
    return meets ? [{ path: `slots.${index}.period`, issue: 'taken' }] : [];
  });
}

/** @throws AppError FIELDS unless lessons could be made of it, bells and all. */
export async function mustBeWhole(db: Db, pairingId: Id): Promise<void> {
  const { rows } = await sql<Record<'courses' | 'remotes' | 'slots', string> & { master: Id; startsOn: Day }>`
    select p.organization_id as master, t.starts_on as "startsOn",
      (select count(*) from pairing_course c where c.pairing_id = p.id) as courses,
      (select count(*) from pairing_remote r where r.pairing_id = p.id) as remotes,
      (select count(*) from pairing_slot s where s.pairing_id = p.id) as slots
    from pairing p join term t on t.id = p.term_id where p.id = ${pairingId}`.execute(db);
  const { master, startsOn, ...counts } = rows[0]!;
  const fields: FieldError[] = Object.entries(counts)
    .filter(([, count]) => Number(count) === 0)
    .map(([path]) => ({ path, issue: 'required' }));
  if (!(await bellsOf(db, master, startsOn))) fields.push({ path: 'bells', issue: 'required' });
  if (fields.length > 0) throw new AppError('FIELDS', 'the pairing is not whole', { fields });
}

async function classGroup(db: Db, id: Id, within: ReadonlySet<Id>) {
  const row = await db
    .selectFrom('class_group')
    .select(['id', 'organization_id'])
    .where('id', '=', id)
    .where('archived_at', 'is', null)
    .executeTakeFirst();
  return row && within.has(row.organization_id) ? row : null;
}

async function isRoomOf(db: Db, id: Id, organizationIds: readonly Id[]): Promise<boolean> {
  const room = await db
    .selectFrom('classroom')
    .select('id')
    .where('id', '=', id)
    .where('organization_id', 'in', organizationIds)
    .where('archived_at', 'is', null)
    .executeTakeFirst();
  return room !== undefined;
}

/** Somebody who works at one of the organizations and is no pupil. */
async function isStaffOf(db: Db, id: Id, organizationIds: readonly Id[]): Promise<boolean> {
  if (organizationIds.length === 0) return false;
  const person = await db
    .selectFrom('account')
    .innerJoin('account_role', 'account_role.account_id', 'account.id')
    .select('account.id')
    .where('account.id', '=', id)
    .where('account.kind', '=', 'person')
    .where('account.archived_at', 'is', null)
    .where('account_role.role', '!=', 'student')
    .where('account_role.organization_id', 'in', organizationIds)
    .executeTakeFirst();
  return person !== undefined;
}

/** An organization and those above it, the nearest first. */
export async function organizationsAbove(db: Db, organizationId: Id): Promise<Id[]> {
  const { rows } = await sql<{ id: Id }>`with recursive above as (
      select id, parent_id, 0 as distance from organization where id = ${organizationId}
      union all select o.id, o.parent_id, a.distance + 1 from organization o join above a on o.id = a.parent_id
    ) select id from above order by distance`.execute(db);
  return rows.map(({ id }) => id);
}
