import type { CountyTerm } from './calendar.ts';
import type { Chance } from './chance.ts';
import type { Draft } from './draft.ts';
import type { Names } from './names.ts';
import type { CountyPlan, SchoolPlan, SchoolSort } from './schools.ts';
import { GRADES, gradesOf, staffSubjects, stageOf, TEXTBOOKS, weekOf } from './subjects.ts';

export interface Teacher {
  id: string;
  subject: string;
}
export interface ClassPlan {
  id: string;
  grade: number;
  name: string;
}
export interface School {
  id: string;
  sort: SchoolSort;
  county: number;
  /** Who approves for it: of a teaching point, its school's. */
  administratorId: string;
  teachers: Teacher[];
  assistants: string[];
  classes: ClassPlan[];
  rooms: string[];
  /** Course ids by grade and subject, as `5 英语`. */
  courses: Map<string, string>;
  /** The school whose bells it has: itself, or that of a teaching point. */
  bellsOf: School | null;
}

interface Making {
  draft: Draft;
  chance: Chance;
  names: Names;
  term: CountyTerm;
}

/** One school with everybody and everything in it. */
export function makeSchool(
  { draft, chance, names, term }: Making,
  {
    plan,
    county,
    countyIndex,
    bureauId,
    ordinal,
    staff,
  }: {
    plan: SchoolPlan;
    county: CountyPlan;
    countyIndex: number;
    bureauId: string;
    ordinal: number;
    staff: number;
  },
): School[] {
  const code = `${county.code}${String(ordinal).padStart(4, '0')}`;
  const id = draft.organization({
    ...{ parent_id: bureauId, kind: 'school', name: plan.name, code, ordinal },
  });
  const number = (letter: string, at: number) => `${letter}${code}${String(at).padStart(3, '0')}`;
  const administratorId = draft.person(id, names.grown(), 'administrator', number('A', 1));
  draft.person(id, names.grown(), 'operator', number('L', 1));
  const teachers = staffSubjects(plan.sort, staff).map((subject, at) => ({
    id: draft.person(id, names.grown(), 'teacher', number('T', at + 1)),
    subject,
  }));
  const far = plan.sort === 'village' || plan.sort === 'nineYear';
  const assistants = Array.from({ length: far ? 3 : 1 }, (_, at) =>
    draft.person(id, names.grown(), 'assistant', number('Z', at + 1)),
  );
  const short = plan.name.replace(/^.*[县区](?=.{3})/, '');
  const rooms = (
    plan.sort === 'town' || plan.sort === 'middle'
      ? ['录播教室', '互动教室', '音乐教室'].slice(0, chance.between(2, 3))
      : ['多媒体教室', '互动教室'].slice(0, chance.between(1, 2))
  ).map((room) => draft.classroom(id, `${short}${room}`));
  const school: School = {
    ...{ id, sort: plan.sort, county: countyIndex, administratorId, teachers, assistants, rooms },
    ...{ classes: [], courses: new Map(), bellsOf: null },
  };
  makeCourses(draft, school, term);
  makeClasses({ draft, chance, names, term }, school, plan);
  const points = plan.points.map((name, at) =>
    makePoint({ draft, chance, names, term }, school, name, `${code}${at + 1}`, at + 1),
  );
  return [school, ...points];
}

function makePoint(making: Making, school: School, name: string, code: string, ordinal: number): School {
  const { draft, names } = making;
  const id = draft.organization({ parent_id: school.id, kind: 'teachingPoint', name, code, ordinal });
  const point: School = {
    ...{ id, sort: 'point', county: school.county, administratorId: school.administratorId },
    teachers: [{ id: draft.person(id, names.grown(), 'teacher', `T${code}01`), subject: '语文' }],
    assistants: [draft.person(id, names.grown(), 'assistant', `Z${code}01`)],
    rooms: [draft.classroom(id, `${name}教室`)],
    ...{ classes: [], courses: new Map(), bellsOf: school },
  };
  makeClasses(making, point, { parallel: 1, size: [6, 15] });
  return point;
}

function makeCourses(draft: Draft, school: School, term: CountyTerm): void {
  for (const grade of gradesOf(school.sort)) {
    for (const subject of Object.keys(weekOf(grade))) {
      const id = draft.id();
      draft.rows.course.push({
        ...{ id, organization_id: school.id, subject, grade: GRADES[grade - 1]!, stage: stageOf(grade) },
        title: `${subject} ${GRADES[grade - 1]}${term.volume}`,
        textbook: TEXTBOOKS[subject] ?? null,
      });
      school.courses.set(`${grade} ${subject}`, id);
    }
  }
}

function makeClasses(
  { draft, chance, names, term }: Making,
  school: School,
  { parallel, size }: Pick<SchoolPlan, 'parallel' | 'size'>,
): void {
  const heads = school.teachers.filter(({ subject }) => subject === '语文' || subject === '数学');
  for (const grade of gradesOf(school.sort)) {
    for (let section = 1; section <= parallel; section += 1) {
      const id = draft.id();
      const mixed = school.sort === 'point';
      const name = mixed ? `${GRADES[grade - 1]}复式班` : `${GRADES[grade - 1]}(${section})班`;
      const enrolled = term.year - ((grade - 1) % 6);
      draft.rows.class_group.push({
        ...{ id, organization_id: school.id, name, grade: GRADES[grade - 1]!, stage: stageOf(grade) },
        enrolled_year: grade > 6 ? term.year - (grade - 7) : enrolled,
        classroom_id: mixed ? school.rooms[0]! : null,
        head_teacher_id: heads[school.classes.length % heads.length]?.id ?? null,
      });
      school.classes.push({ id, grade, name });
      for (let left = chance.between(...size); left > 0; left -= 1) {
        const pupil = draft.person(school.id, names.child(), null);
        draft.rows.class_group_member.push({ class_group_id: id, account_id: pupil });
      }
    }
  }
}
