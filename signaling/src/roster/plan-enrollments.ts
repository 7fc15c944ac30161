import type { Entry } from './entry.ts';
import type { Planning } from './planning.ts';

/** Who is in a class, and whose class it is: of teachers only the one who is `primary` (班主任). */
export class EnrollmentPlanner {
  readonly #planning: Planning;
  readonly #seen = new Map<string, Entry>();

  constructor(planning: Planning) {
    this.#planning = planning;
  }

  plan(entry: Entry): void {
    const role = entry.cell('role').toLowerCase();
    const isHead = role === 'teacher' && entry.cell('primary').toLowerCase() === 'true';
    if (role === 'administrator' || role === 'proctor' || (role === 'teacher' && !isHead))
      entry.skip('role', 'notUsed');
    else if (role !== 'student' && role !== 'teacher')
      entry.refuse('role', role === '' ? 'required' : 'format');
    const group = this.#planning.refer(entry, 'classSourcedId', 'classes');
    const person = this.#planning.refer(entry, 'userSourcedId', 'users');
    if (group && person) entry.label = `${person.name} · ${group.name}`;
    if (!group || !person || entry.fate !== 'unchanged') return;
    this.#checkSchool(entry);
    entry.id = isHead ? group.id : `${group.id} ${person.id}`;
    const other = this.#seen.get(entry.id);
    if (other) entry.refuse('userSourcedId', 'duplicate', `${other.file}:${other.raw.line}`);
    else this.#seen.set(entry.id, entry);
    entry.values = { class_group_id: group.id, account_id: person.id, head: isHead };
    if (entry.refused) return;
    if (isHead) this.#planHead(entry, group.id, person);
    else this.#planMember(entry);
    entry.settle();
  }

  #planHead(entry: Entry, classId: string, person: { id: string; name: string }): void {
    const { classes, users } = this.#planning.existing;
    const now = classes.get(classId)?.headTeacherId ?? null;
    if (entry.toBeDeleted) {
      if (now === person.id) entry.fate = 'archived';
      return;
    }
    entry.isNew = now === null;
    if (now !== person.id && now !== null) entry.compare('primary', users.get(now)?.name ?? '', person.name);
  }

  #planMember(entry: Entry): void {
    const there = this.#planning.existing.members.has(entry.id);
    if (entry.toBeDeleted) {
      if (there) entry.fate = 'archived';
      return;
    }
    entry.isNew = !there;
  }

  /** The school that a row names is its class's. */
  #checkSchool(entry: Entry): void {
    if (entry.cell('schoolSourcedId') === '') return;
    const school = this.#planning.refer(entry, 'schoolSourcedId', 'orgs');
    const group = this.#planning.entryOf('classes', entry.cell('classSourcedId'));
    const place = group?.values.organization_id ?? null;
    if (school && place && place !== school.id) entry.refuse('schoolSourcedId', 'wrongPlace');
  }
}
