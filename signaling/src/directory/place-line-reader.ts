import { PLACE_COLUMNS, type PlaceColumn, type PlaceKind } from '#protocol/directory-lines.ts';
import { pastedRows } from './pasted-rows.ts';

/** What stands in a line, as it was pasted. */
export interface RawPlace {
  line: number;
  cells: Partial<Record<PlaceColumn, string>>;
}

const SCHOOL = /^(学校|学校名称|所属学校|所属机构|机构|单位|school|organization)$/i;
const GRADE = /^(年级|grade)$/i;
/** What schools, and this platform's own exports, write above the columns. */
const HEADS: Record<PlaceKind, Partial<Record<PlaceColumn, RegExp>>> = {
  organization: {
    name: /^(名称|机构|机构名称|学校|学校名称|单位|单位名称|name)$/i,
    kind: /^(类型|类别|性质|kind|type)$/i,
    parent: /^(上级|上级机构|上级单位|主管单位|所属机构|所属学区|parent)$/i,
    code: /^(代码|学校代码|机构代码|标识码|学校标识码|code)$/i,
  },
  classroom: { name: /^(教室|教室名称|名称|room|classroom|name)$/i, school: SCHOOL },
  classGroup: {
    name: /^(班级|班级名称|名称|class|name)$/i,
    ...{ school: SCHOOL, grade: GRADE },
    room: /^(教室|所在教室|room|classroom)$/i,
    headTeacher: /^(班主任|班主任姓名|head teacher)$/i,
    year: /^(入学年份|入学年|入学年度|year)$/i,
  },
  course: {
    ...{ school: SCHOOL, grade: GRADE },
    subject: /^(学科|科目|subject)$/i,
    textbook: /^(教材|教材版本|版本|textbook)$/i,
    name: /^(课程|课程名称|名称|course|title|name)$/i,
  },
};
/** The one column that nothing can be made without. */
const FIRST: Record<PlaceKind, PlaceColumn> = {
  ...{ organization: 'name', classroom: 'name', classGroup: 'name', course: 'subject' },
};

/**
 * Lines of a table of schools, rooms, classes or courses. A first line of headings says which column is which and may
 * have others in between; without it they stand as in `PLACE_COLUMNS`.
 */
export function readPlaces(of: PlaceKind, text: string): RawPlace[] {
  const rows = pastedRows(text);
  const head = rows[0] && headOf(of, rows[0].cells);
  const columns = head ?? PLACE_COLUMNS[of];
  return (head ? rows.slice(1) : rows).map(({ line, cells }) => ({
    line,
    cells: Object.fromEntries(columns.flatMap((column, at) => (column ? [[column, cells[at] ?? '']] : []))),
  }));
}

function headOf(of: PlaceKind, cells: readonly string[]): (PlaceColumn | null)[] | null {
  const known = Object.entries(HEADS[of]) as [PlaceColumn, RegExp][];
  const columns = cells.map((cell) => known.find(([, words]) => words.test(cell))?.[0] ?? null);
  const found = columns.filter((column) => column !== null);
  return columns.includes(FIRST[of]) && (found.length > 1 || cells.length === 1) ? columns : null;
}
