import { z } from 'zod';
import { Code, LoginName, Name } from '#protocol/directory-text.ts';
import type { RosterIssue } from '#protocol/roster.ts';
import type { Entry } from './entry.ts';
import { idOfOwn } from './oneroster.ts';

/** Reads a cell by the same rules as the forms of the directory; a cell that breaks them refuses its row. */
function read<T>(schema: z.ZodType<T>, entry: Entry, column: string, text: string): T | null {
  const result = schema.safeParse(text);
  if (result.success) return result.data;
  const [first] = result.error.issues;
  const issue: RosterIssue =
    first?.code === 'too_big' || first?.message === 'too long'
      ? 'tooLong'
      : first?.code === 'too_small'
        ? 'required'
        : 'format';
  entry.refuse(column, issue, text);
  return null;
}

export function nameCell(entry: Entry, column: string, text = entry.cell(column)): string {
  if (text === '') entry.refuse(column, 'required');
  return text === '' ? '' : (read(Name, entry, column, text) ?? '');
}
export const optionalName = (entry: Entry, column: string, text = entry.cell(column)): string | null =>
  text === '' ? null : read(Name, entry, column, text);
export const codeCell = (entry: Entry, column: string): string | null =>
  read(Code, entry, column, entry.cell(column));
/** The standard wants a username of everybody; one of ours is written where there is none. */
export const loginCell = (entry: Entry, column: string): string | null =>
  idOfOwn(entry.cell(column)) === null ? read(LoginName, entry, column, entry.cell(column)) : null;

const Day = z.iso.date();
export const dayCell = (entry: Entry, column: string): string => {
  // Excel in China writes days as 2026/9/1.
  const [, year, month, day] = /^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})$/.exec(entry.cell(column)) ?? [];
  const text = year ? `${year}-${month!.padStart(2, '0')}-${day!.padStart(2, '0')}` : entry.cell(column);
  if (text === '') entry.refuse(column, 'required');
  return text === '' ? '' : (read(Day, entry, column, text) ?? '');
};

export const yearCell = (entry: Entry, column: string): number | null => {
  const text = entry.cell(column);
  if (text === '') return null;
  return read(z.coerce.number().int().min(1990).max(2100), entry, column, text);
};
