import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import {
  type BulkIssue,
  type BulkLine,
  type BulkReport,
  MAX_REMOTES,
  type PairingBulk,
  type PairingDraft,
  type PairingDuplicate,
  type PairingLine,
} from '#protocol/pairing.ts';
import { cleanText } from '#protocol/text.ts';
import type { Db } from '../database/database.ts';
import type { OfficeAccess } from '../office/office-access.ts';
import { BulkNames, type Found } from './bulk-names.ts';
import { timesIn } from './bulk-times.ts';
import { type CheckedDraft, checkDraft } from './check-draft.ts';
import { insertPairing } from './pairing-writer.ts';
import { draftReach } from './partners.ts';

/** A pairing as a table asks for it, and the lines that do. */
interface Planned {
  draft: PairingDraft;
  lines: BulkLine[];
}
/** What to make, and what becomes of each line. */
interface Plan {
  pairings: Planned[];
  lines: BulkLine[];
}

/**
 * Makes drafts out of a table. Lines of one master class whose partners follow the same lessons are one pairing. With
 * an error in any line nothing is made. @returns the report and the new pairings' ids.
 */
export async function bulkPairings(
  db: Db,
  office: OfficeAccess,
  account: Account,
  { termId, lines, dry }: PairingBulk,
): Promise<{ report: BulkReport; pairingIds: Id[] }> {
  const names = await BulkNames.load(db, office, account);
  const understood = lines.map((line, index) => understand(names, line, index + 1));
  const plan = joined(understood, termId);
  return await carryOut({ db, office, account }, termId, plan, dry);
}

/** Another term's pairings once more: same classes, rooms, teachers and periods. */
export async function duplicatePairings(
  db: Db,
  office: OfficeAccess,
  account: Account,
  { fromTermId, toTermId, dry }: PairingDuplicate,
): Promise<{ report: BulkReport; pairingIds: Id[] }> {
  const rows = await db
    .selectFrom('pairing')
    .innerJoin('class_group', 'class_group.id', 'pairing.master_class_group_id')
    .innerJoin('organization', 'organization.id', 'pairing.organization_id')
    .selectAll('pairing')
    .select(['class_group.name as class_name', 'organization.name as organization_name'])
    .where('term_id', '=', fromTermId)
    .where('state', 'not in', ['draft', 'cancelled'])
    .where(office.where(account, 'pairing.edit', 'pairing.organization_id'))
    .orderBy('organization.name')
    .orderBy('class_group.name')
    .execute();
  const plan: Plan = { pairings: [], lines: [] };
  for (const [index, row] of rows.entries()) {
    const [courses, remotes, slots] = [
      await db.selectFrom('pairing_course').selectAll().where('pairing_id', '=', row.id).execute(),
      await db
        .selectFrom('pairing_remote')
        .selectAll()
        .where('pairing_id', '=', row.id)
        .orderBy('position')
        .execute(),
      await db.selectFrom('pairing_slot').selectAll().where('pairing_id', '=', row.id).execute(),
    ];
    const draft: PairingDraft = {
      termId: toTermId,
      masterClassGroupId: row.master_class_group_id,
      masterClassroomId: row.master_classroom_id,
      autoOpen: row.auto_open,
      note: row.note,
      courses: courses.map(({ course_id, teacher_id }) => ({ courseId: course_id, teacherId: teacher_id })),
      remotes: remotes.map((remote) => ({
        classGroupId: remote.class_group_id,
        classroomId: remote.classroom_id,
        assistantId: remote.assistant_id,
      })),
      slots: slots.map(({ course_id: courseId, weekday, period, weeks }) => ({
        ...{ courseId, weekday, period, weeks },
      })),
    };
    const label = `${row.organization_name} ${row.class_name}`;
    const line: BulkLine = { line: index + 1, fate: 'new', label, issues: [] };
    plan.lines.push(line);
    plan.pairings.push({ draft, lines: [line] });
  }
  return await carryOut({ db, office, account }, toTermId, plan, dry);
}

interface Understood {
  line: BulkLine;
  /** Null where the line has an issue. */
  parts: Omit<PairingDraft, 'termId' | 'autoOpen' | 'note'> | null;
}

function understand(names: BulkNames, raw: PairingLine, number: number): Understood {
  const text = Object.fromEntries(
    Object.entries(raw).map(([column, value]) => [column, cleanText(value)]),
  ) as PairingLine;
  const issues: BulkLine['issues'] = [];
  const take = <T>(path: keyof PairingLine, found: Found<T>): T | null => {
    if ('row' in found) return found.row;
    issues.push({ path, issue: found.issue, value: text[path].slice(0, 60) });
    return null;
  };
  const wrong = (path: keyof PairingLine, issue: BulkIssue) =>
    issues.push({ path, issue, value: text[path].slice(0, 60) });
  const school = take('masterSchool', names.school(text.masterSchool, true));
  const group = school && take('masterClass', names.classGroup(text.masterClass, school.id));
  const room =
    school && group && take('masterRoom', names.room(text.masterRoom, school.id, group.classroomId));
  const course = school && group && take('subject', names.course(text.subject, school.id, group.grade));
  const teacher = school && take('teacher', names.person(text.teacher, school.id));
  const times = timesIn(text.times);
  if (!times) wrong('times', text.times === '' ? 'empty' : 'times');
  const other = take('remoteSchool', names.school(text.remoteSchool, false));
  const remote = other && take('remoteClass', names.classGroup(text.remoteClass, other.id));
  const there =
    other && remote && take('remoteRoom', names.room(text.remoteRoom, other.id, remote.classroomId));
  const assistant =
    other && text.assistant !== '' ? take('assistant', names.person(text.assistant, other.id)) : null;
  if (group && remote && group.id === remote.id) wrong('remoteClass', 'sameClass');
  const label = `${text.masterSchool} ${text.masterClass} → ${text.remoteSchool} ${text.remoteClass}`;
  const line: BulkLine = { line: number, fate: issues.length > 0 ? 'error' : 'new', label, issues };
  if (line.fate === 'error' || !(group && room && course && teacher && times && remote && there))
    return { line, parts: null };
  return {
    line,
    parts: {
      masterClassGroupId: group.id,
      masterClassroomId: room.id,
      courses: [{ courseId: course.id, teacherId: teacher.id }],
      remotes: [{ classGroupId: remote.id, classroomId: there.id, assistantId: assistant?.id ?? null }],
      slots: times.map((slot) => ({ ...slot, courseId: course.id })),
    },
  };
}

/**
 * First all lines of one master and one remote class together (its subjects), then all remote classes that have the
 * same subjects at the same times.
 */
function joined(all: readonly Understood[], termId: Id): Plan {
  const couples = new Map<string, Planned>();
  for (const { line, parts } of all) {
    if (!parts) continue;
    const [course] = parts.courses;
    const key = `${parts.masterClassGroupId} ${parts.remotes[0]!.classGroupId}`;
    const couple = couples.get(key);
    if (!couple) {
      couples.set(key, { draft: { termId, autoOpen: true, note: '', ...parts }, lines: [line] });
      continue;
    }
    const { draft, lines } = couple;
    const same = draft.courses.find(({ courseId }) => courseId === course!.courseId);
    if (same && same.teacherId !== course!.teacherId) fail(line, 'teacher', 'differs');
    else if (draft.masterClassroomId !== parts.masterClassroomId) fail(line, 'masterRoom', 'differs');
    else if (draft.remotes[0]!.classroomId !== parts.remotes[0]!.classroomId)
      fail(line, 'remoteRoom', 'differs');
    else {
      if (!same) draft.courses.push(course!);
      draft.slots.push(...parts.slots);
      lines.push(line);
      line.fate = 'joins';
    }
  }
  const pairings = new Map<string, Planned>();
  for (const couple of couples.values()) {
    const key = lessonsOf(couple.draft);
    const pairing = pairings.get(key);
    if (!pairing) pairings.set(key, couple);
    else if (pairing.draft.remotes.length >= MAX_REMOTES)
      for (const line of couple.lines) fail(line, 'remoteClass', 'tooMany');
    else {
      pairing.draft.remotes.push(...couple.draft.remotes);
      pairing.lines.push(...couple.lines);
      for (const line of couple.lines) line.fate = 'joins';
    }
  }
  return { pairings: [...pairings.values()], lines: all.map(({ line }) => line) };
}

/** What is taught when and by whom, to tell whether two remote classes follow the same. */
const lessonsOf = ({ masterClassGroupId, masterClassroomId, courses, slots }: PairingDraft): string =>
  JSON.stringify([
    [masterClassGroupId, masterClassroomId],
    courses.map(({ courseId, teacherId }) => `${courseId} ${teacherId}`).sort(),
    slots.map(({ courseId, weekday, period, weeks }) => [weekday, period, weeks, courseId].join()).sort(),
  ]);

function fail(line: BulkLine, path: keyof PairingLine, issue: BulkIssue): void {
  line.fate = 'error';
  line.issues.push({ path, issue, value: '' });
}

/** By which column of the table a part of a pairing is told. */
const COLUMNS: Record<string, keyof PairingLine> = {
  masterClassroomId: 'masterRoom',
  courses: 'subject',
  remotes: 'remoteRoom',
  slots: 'times',
};

/** Keeps the plan, all of it or, where a line cannot be, nothing. */
async function carryOut(
  { db, office, account }: { db: Db; office: OfficeAccess; account: Account },
  termId: Id,
  { pairings, lines }: Plan,
  dry: boolean,
): Promise<{ report: BulkReport; pairingIds: Id[] }> {
  const isThere = await couplesOf(db, termId);
  const reach = await draftReach(db, office, account);
  const wanted: CheckedDraft[] = [];
  for (const { draft, lines } of pairings) {
    if (isThere(draft)) for (const line of lines) line.fate = 'exists';
    else
      try {
        wanted.push(await checkDraft(db, draft, reach));
      } catch (thrown) {
        if (!(thrown instanceof AppError && thrown.fields)) throw thrown;
        for (const { path, issue } of thrown.fields)
          fail(
            lines[0]!,
            COLUMNS[path.split('.')[0]!] ?? 'masterClass',
            issue === 'taken' ? 'twice' : 'unknown',
          );
      }
  }
  const pairingIds: Id[] = [];
  if (!dry && lines.every(({ fate }) => fate !== 'error'))
    await db.transaction().execute(async (trx) => {
      for (const checked of wanted) pairingIds.push(await insertPairing(trx, checked, account.accountId));
    });
  return { report: { lines, pairings: dry ? wanted.length : pairingIds.length, dry }, pairingIds };
}

/** Whether a master class and one of these remote classes are paired in the term already. */
async function couplesOf(db: Db, termId: Id): Promise<(draft: PairingDraft) => boolean> {
  const rows = await db
    .selectFrom('pairing')
    .innerJoin('pairing_remote', 'pairing_remote.pairing_id', 'pairing.id')
    .select(['master_class_group_id', 'class_group_id'])
    .where('term_id', '=', termId)
    .where('state', 'not in', ['cancelled', 'expired'])
    .execute();
  const couples = new Set(rows.map((row) => `${row.master_class_group_id} ${row.class_group_id}`));
  return ({ masterClassGroupId, remotes }) =>
    remotes.some(({ classGroupId }) => couples.has(`${masterClassGroupId} ${classGroupId}`));
}
