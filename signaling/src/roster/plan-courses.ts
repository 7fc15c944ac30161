import { dayCell, nameCell, optionalName, yearCell } from './cells.ts';
import type { Entry } from './entry.ts';
import { gradeOf, HOMEROOM, stageOfGrade } from './oneroster.ts';
import type { Planning } from './planning.ts';

const TERM_TYPES = ['term', 'semester'];
const OTHER_TYPES = ['gradingperiod', 'schoolyear'];

/** A term belongs where it is said to, or to the organization that all is imported below. */
export function planTerm(planning: Planning, entry: Entry): void {
  const { existing } = planning;
  const type = entry.cell('type').toLowerCase();
  if (OTHER_TYPES.includes(type)) entry.skip('type', 'notUsed');
  else if (!TERM_TYPES.includes(type)) entry.refuse('type', type === '' ? 'required' : 'format');
  if (entry.toBeDeleted) entry.skip('status', 'notUsed');
  if (entry.fate !== 'unchanged') return;
  const name = nameCell(entry, 'title');
  const starts_on = dayCell(entry, 'startDate');
  const ends_on = dayCell(entry, 'endDate');
  if (!entry.refused && ends_on <= starts_on) entry.refuse('endDate', 'order');
  const place =
    entry.cell('metadata.orgSourcedId') === ''
      ? { id: existing.rootId, name: planning.nameOf(existing.rootId) }
      : planning.refer(entry, 'metadata.orgSourcedId', 'orgs');
  if (!place || entry.refused) return;
  entry.label = name;
  planning.match(entry, 'academicSessions', () => planning.alike('academicSessions', [place.id, name]));
  const known = existing.academicSessions.get(entry.id);
  if (known) {
    entry.compare('title', known.name, name);
    entry.compare('startDate', known.startsOn, starts_on);
    entry.compare('endDate', known.endsOn, ends_on);
    // Lessons hang on a term's days: those are moved on its own page, which looks after them.
    if ((known.startsOn !== starts_on || known.endsOn !== ends_on) && existing.teaching.size > 0)
      entry.refuse('startDate', 'inUse');
    if (known.organizationId !== place.id) entry.refuse('metadata.orgSourcedId', 'wrongPlace');
  }
  entry.values = { organization_id: known?.organizationId ?? place.id, name, starts_on, ends_on };
  entry.settle();
}

export function planCourse(planning: Planning, entry: Entry): void {
  if (entry.cell('courseCode') === HOMEROOM) {
    // Stands for the classes as such: there is nothing to write of it.
    entry.fate = 'unchanged';
    entry.id = HOMEROOM;
    return;
  }
  const title = nameCell(entry, 'title');
  const toldSubject = optionalName(entry, 'subjects', entry.list('subjects')[0] ?? '');
  const toldGrade = optionalName(entry, 'grades', gradeOf(entry.list('grades')[0] ?? ''));
  const stage = optionalName(entry, 'metadata.stage');
  const textbook = optionalName(entry, 'metadata.textbook');
  const place = planning.refer(entry, 'orgSourcedId', 'orgs');
  if (!place || entry.fate !== 'unchanged') return;
  entry.label = title;
  planning.match(entry, 'courses', () => planning.alike('courses', [place.id, title]));
  const known = planning.existing.courses.get(entry.isNew ? '' : entry.id);
  const grade = toldGrade || known?.grade || '';
  const subject = toldSubject ?? known?.subject ?? title;
  if (entry.refused || planning.archive(entry, known)) return;
  if (known) {
    entry.compare('title', known.title, title);
    entry.compare('subjects', known.subject, subject);
    entry.compare('grades', known.grade, grade);
    if (known.organizationId !== place.id)
      entry.compare('orgSourcedId', planning.nameOf(known.organizationId), place.name);
    if ('metadata.stage' in entry.raw.cells) entry.compare('metadata.stage', known.stage, stage);
    if ('metadata.textbook' in entry.raw.cells) entry.compare('metadata.textbook', known.textbook, textbook);
    if (known.archived) entry.changes.push({ field: 'status', from: 'tobedeleted', to: 'active' });
  }
  entry.values = {
    ...{ organization_id: place.id, title, subject, grade },
    // A file without the columns says nothing about them.
    stage: 'metadata.stage' in entry.raw.cells ? stage : (known?.stage ?? stageOfGrade(grade)),
    textbook: 'metadata.textbook' in entry.raw.cells ? textbook : (known?.textbook ?? null),
  };
  entry.settle();
}

export function planClass(planning: Planning, entry: Entry): void {
  const { existing } = planning;
  const name = nameCell(entry, 'title');
  const toldGrade = optionalName(entry, 'grades', gradeOf(entry.list('grades')[0] ?? ''));
  const stage = optionalName(entry, 'metadata.stage');
  const year = yearCell(entry, 'metadata.enrolledYear');
  const place = planning.refer(entry, 'schoolSourcedId', 'orgs');
  if (entry.cell('courseSourcedId') !== '') planning.refer(entry, 'courseSourcedId', 'courses');
  for (const term of entry.list('termSourcedIds'))
    planning.refer(entry, 'termSourcedIds', 'academicSessions', term);
  if (!place || entry.fate !== 'unchanged') return;
  entry.label = name;
  planning.match(entry, 'classes', () => planning.alike('classes', [place.id, name]));
  const known = existing.classes.get(entry.isNew ? '' : entry.id);
  const grade = toldGrade || known?.grade || '';
  if (entry.refused || planning.archive(entry, known)) return;
  // A room that nobody knows here is words for people: it is left as it was.
  const room = existing.rooms.get(`${place.id} ${entry.cell('location')}`) ?? known?.classroomId ?? null;
  if (known) {
    entry.compare('title', known.name, name);
    entry.compare('grades', known.grade, grade);
    entry.compare('location', roomName(planning, known.classroomId), roomName(planning, room));
    if (known.organizationId !== place.id)
      entry.compare('schoolSourcedId', planning.nameOf(known.organizationId), place.name);
    if ('metadata.stage' in entry.raw.cells) entry.compare('metadata.stage', known.stage, stage);
    if ('metadata.enrolledYear' in entry.raw.cells)
      entry.compare('metadata.enrolledYear', known.enrolledYear?.toString() ?? '', year?.toString() ?? '');
    if (known.archived) entry.changes.push({ field: 'status', from: 'tobedeleted', to: 'active' });
  }
  entry.values = {
    ...{ organization_id: place.id, name, grade, classroom_id: room },
    stage: 'metadata.stage' in entry.raw.cells ? stage : (known?.stage ?? stageOfGrade(grade)),
    enrolled_year: 'metadata.enrolledYear' in entry.raw.cells ? year : (known?.enrolledYear ?? null),
  };
  entry.settle();
}

const roomName = ({ existing }: Planning, id: string | null): string =>
  (id && existing.roomNames.get(id)) || '';
