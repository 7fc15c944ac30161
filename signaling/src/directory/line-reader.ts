import { PersonRole } from '#protocol/directory.ts';
import { pastedRows } from './pasted-rows.ts';
import { ROLE_WORDS } from './words.ts';

/** What stands in a line, as it was pasted. */
export interface RawLine {
  /** From 1. */
  line: number;
  name: string;
  role: string;
  number: string;
  login: string;
}

type Column = Exclude<keyof RawLine, 'line'>;

const HEADS: Record<Column, RegExp> = {
  name: /^(姓名|名字|教师姓名|学生姓名|name)$/i,
  role: /^(身份|角色|职务|岗位|role)$/i,
  number: /^(工号|学号|编号|教师编号|学籍号|number|no\.?)$/i,
  login: /^(登录名|账号|帐号|用户名|login)$/i,
};

/** Other words that schools use for a role. */
const ALSO: Record<string, PersonRole> = {
  教师: 'teacher',
  任课教师: 'teacher',
  主讲教师: 'teacher',
  班主任: 'teacher',
  助教老师: 'assistant',
  助学教师: 'assistant',
  辅助教师: 'assistant',
  系统管理员: 'administrator',
  学校管理员: 'administrator',
  录播管理员: 'operator',
  录播员: 'operator',
  教研人员: 'researcher',
  审计员: 'auditor',
  安全员: 'security',
};
const ROLES = new Map<string, PersonRole>([
  ...Object.entries(ROLE_WORDS).map(([role, word]) => [word, role as PersonRole] as const),
  ...PersonRole.options.map((role) => [role, role] as const),
  ...Object.entries(ALSO),
]);

/** The role that a word means; null when it means none. */
export const roleOf = (word: string): PersonRole | null =>
  ROLES.get(word.trim().toLowerCase()) ?? ROLES.get(word.trim()) ?? null;

/**
 * People as they were pasted. A first line of headings says which column is which; without it the name is first and the
 * rest is told apart by its look.
 */
export function readLines(text: string): RawLine[] {
  const filled = pastedRows(text).map(({ line, cells }) => ({ line, cells: typed(cells) }));
  const head = filled[0] && headOf(filled[0].cells);
  return (head ? filled.slice(1) : filled).map(({ line, cells }) => ({
    line,
    ...{ name: '', role: '', number: '', login: '' },
    ...(head ? byHead(head, cells) : byLook(cells)),
  }));
}

/** 王芳 老师: typed with a space; a name may have spaces of its own. */
function typed(cells: string[]): string[] {
  if (cells.length > 1) return cells;
  const parts = /^(.*\S)\s+(\S+)$/u.exec(cells[0]!);
  return parts && (roleOf(parts[2]!) || /^\d+$/.test(parts[2]!)) ? [parts[1]!, parts[2]!] : cells;
}

function headOf(cells: readonly string[]): (Column | null)[] | null {
  const columns = cells.map(
    (cell) => (Object.keys(HEADS) as Column[]).find((column) => HEADS[column].test(cell)) ?? null,
  );
  return columns.includes('name') ? columns : null;
}

const byHead = (head: readonly (Column | null)[], cells: readonly string[]): Partial<RawLine> =>
  Object.fromEntries(head.flatMap((column, at) => (column ? [[column, cells[at] ?? '']] : [])));

function byLook([name = '', ...rest]: readonly string[]): Partial<RawLine> {
  const line: Partial<RawLine> = { name };
  for (const cell of rest.filter(Boolean)) {
    if (line.role === undefined && roleOf(cell)) line.role = cell;
    else if (line.number === undefined && /\d/.test(cell)) line.number = cell;
    else if (line.login === undefined && /^[a-z]/i.test(cell)) line.login = cell;
    else line.role ??= cell;
  }
  return line;
}
