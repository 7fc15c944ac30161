import type { z } from 'zod';
import type { NewClassGroup, NewClassroom, NewCourse, NewOrganization } from '#protocol/directory.ts';
import type { PlaceColumn, PlaceKind, PlaceLine, PlaceProblem } from '#protocol/directory-lines.ts';
import { Code, cleanName, NAME_MAX, Name } from '#protocol/directory-text.ts';
import type { OrganizationKind } from '#protocol/domain.ts';
import { lengthOf } from '#protocol/text.ts';
import { BELOW } from './organizations.ts';
import type { Place, PlaceBook } from './place-book.ts';
import type { RawPlace } from './place-line-reader.ts';
import { KIND_WORDS } from './words.ts';

/** What a line wants made; a parent that an earlier line makes has that line's number for an id. */
export type Draft =
  | { of: 'organization'; body: z.output<typeof NewOrganization> }
  | { of: 'classroom'; body: z.output<typeof NewClassroom> }
  | { of: 'classGroup'; body: z.output<typeof NewClassGroup> }
  | { of: 'course'; body: z.output<typeof NewCourse> };

export interface Fate {
  line: PlaceLine;
  /** Of new ones. */
  draft: Draft | null;
}

/** Why a line cannot be made: thrown within this file only. */
class Amiss extends Error {
  readonly column: PlaceColumn;
  readonly problem: PlaceProblem;
  constructor(column: PlaceColumn, problem: PlaceProblem) {
    super(problem);
    this.column = column;
    this.problem = problem;
  }
}

/** What would become of a line; what it brings counts as known for those after it. */
export function fateOf(of: PlaceKind, raw: RawPlace, book: PlaceBook): Fate {
  const cells: PlaceLine['cells'] = {};
  for (const [column, cell] of Object.entries(raw.cells)) if (cell) cells[column as PlaceColumn] = cell;
  const line: PlaceLine = { line: raw.line, cells, fate: 'wrong', problem: null, id: null };
  try {
    const draft = READ[of](new Cells(cells), book, raw.line);
    return draft
      ? { line: { ...line, fate: 'new' }, draft }
      : { line: { ...line, fate: 'known', problem: { column: 'name', problem: 'same' } }, draft: null };
  } catch (thrown) {
    if (!(thrown instanceof Amiss)) throw thrown;
    const { column, problem } = thrown;
    return { line: { ...line, problem: { column, problem } }, draft: null };
  }
}

/** A line's cells: read, and written down again as they are understood. */
class Cells {
  readonly #cells: PlaceLine['cells'];
  constructor(cells: PlaceLine['cells']) {
    this.#cells = cells;
  }

  text(column: PlaceColumn): string {
    return cleanName(this.#cells[column] ?? '');
  }

  name(column: PlaceColumn): string {
    const raw = this.#cells[column] ?? '';
    const name = Name.safeParse(raw);
    if (!name.success) throw new Amiss(column, lengthOf(raw) > NAME_MAX ? 'tooLong' : 'missing');
    return this.says(column, name.data);
  }

  says(column: PlaceColumn, word: string): string {
    this.#cells[column] = word;
    return word;
  }

  /** The school of this name; without one the usual place. */
  place(column: 'school' | 'parent', book: PlaceBook): Place {
    // An export of the tree writes the whole way down.
    const name = this.text(column).split(' / ').at(-1)!;
    const found = name === '' ? [book.usual] : book.named(name);
    if (found.length !== 1) throw new Amiss(column, found.length === 0 ? 'unknown' : 'ambiguous');
    this.says(column, found[0]!.name);
    return found[0]!;
  }

  /** One of a list; what the list does not have is a slip of the pen. */
  choice(column: 'grade' | 'subject' | 'textbook', known: readonly string[]): string {
    const word = this.text(column);
    if (word === '') throw new Amiss(column, 'missing');
    if (!known.includes(word)) throw new Amiss(column, 'unknown');
    return word;
  }

  /** The id of something at a place, by its name; null where the cell is empty. */
  idOf(column: 'room' | 'headTeacher', known: ReadonlyMap<string, string[]>): string | null {
    const word = this.text(column);
    if (word === '') return null;
    const ids = known.get(word) ?? [];
    if (ids.length !== 1) throw new Amiss(column, ids.length === 0 ? 'unknown' : 'ambiguous');
    return ids[0]!;
  }
}

/** Null: it is there already. @throws Amiss */
const READ: Record<PlaceKind, (cells: Cells, book: PlaceBook, line: number) => Draft | null> = {
  organization(cells, book, line) {
    const name = cells.name('name');
    const parent = cells.place('parent', book);
    const kind = kindOf(cells, name);
    if (!BELOW[parent.kind].includes(kind)) throw new Amiss('kind', 'place');
    if (!book.take(parent.id, name)) return null;
    const code = Code.safeParse(cells.text('code'));
    if (!code.success) throw new Amiss('code', 'format');
    if (code.data !== null && !book.takeCode(code.data)) throw new Amiss('code', 'taken');
    book.add({ id: String(line), name, kind });
    return { of: 'organization', body: { parentId: parent.id, name, kind, code: code.data } };
  },
  classroom(cells, book) {
    const name = cells.name('name');
    const { id: organizationId } = cells.place('school', book);
    return book.take(organizationId, name) ? { of: 'classroom', body: { name, organizationId } } : null;
  },
  classGroup(cells, book) {
    const name = cells.name('name');
    const { id: organizationId } = cells.place('school', book);
    if (cells.text('grade') === '') cells.says('grade', gradeIn(name, book.grades));
    const grade = cells.choice('grade', book.grades);
    const year = cells.text('year').replace(/[年级届]+$/u, '');
    if (year !== '' && !/^(199\d|20\d\d|2100)$/.test(year)) throw new Amiss('year', 'format');
    const classroomId = cells.idOf('room', book.roomsAt(organizationId));
    const headTeacherId = cells.idOf('headTeacher', book.teachersAt(organizationId));
    if (!book.take(organizationId, name)) return null;
    const enrolledYear = year === '' ? null : Number(year);
    return {
      of: 'classGroup',
      body: { name, organizationId, grade, enrolledYear, classroomId, headTeacherId },
    };
  },
  course(cells, book) {
    const subject = cells.choice('subject', book.subjects);
    const grade = cells.choice('grade', book.grades);
    const { id: organizationId } = cells.place('school', book);
    const textbook = cells.text('textbook') === '' ? null : cells.choice('textbook', book.textbooks(subject));
    if (cells.text('name') === '') cells.says('name', `${subject} ${grade}`);
    const title = cells.name('name');
    if (!book.take(organizationId, title)) return null;
    return { of: 'course', body: { title, organizationId, grade, subject, textbook } };
  },
};

const KINDS = new Map<string, OrganizationKind>([
  ...Object.entries(KIND_WORDS).map(([kind, word]) => [word, kind as OrganizationKind] as const),
  ...(['bureau', 'school', 'teachingPoint'] as const).map((kind) => [kind, kind] as const),
  ...(['局', '教体局', '教育体育局', '中心学区', '学区'] as const).map((word) => [word, 'bureau'] as const),
  ...(['小学', '中学', '初中', '高中', '九年一贯制学校'] as const).map((word) => [word, 'school'] as const),
]);

/** As it is written, or as the name says: 石门教学点. */
function kindOf(cells: Cells, name: string): OrganizationKind {
  const word = cells.text('kind');
  const said = /教学点$/u.test(name)
    ? 'teachingPoint'
    : /(教育|教体|教育体育|教科)局$/u.test(name)
      ? 'bureau'
      : 'school';
  const kind = word === '' ? said : KINDS.get(word);
  if (!kind) throw new Amiss('kind', 'unknown');
  cells.says('kind', KIND_WORDS[kind]);
  return kind;
}

/** The grade that a class is called after: 五年级2班. */
const gradeIn = (name: string, grades: readonly string[]): string =>
  grades.filter((grade) => name.startsWith(grade)).sort((a, b) => b.length - a.length)[0] ?? '';
