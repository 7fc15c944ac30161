import type { ImportLocalLessons } from './local-lessons.ts';

export type PastedCell = ImportLocalLessons['cells'][number];

const WEEKDAYS = '一二三四五六日天';
const NUMBERS = '一二三四五六七八九十';

/**
 * A class's week as it is copied from a sheet: columns are weekdays (with or without a head), lines are periods, a cell
 * is a subject and, after a space, a slash or a line break, the teacher. '（单）' and '（双）' are odd and even weeks.
 */
export function readPastedWeek(text: string): PastedCell[] {
  const lines = cellsOf(text).filter((line) => line.some((cell) => cell.trim() !== ''));
  const head = lines[0]?.map(weekdayOf) ?? [];
  const hasHead = head.filter((weekday) => weekday !== null).length >= 2;
  const body = hasHead ? lines.slice(1) : lines;
  const firstColumn = hasHead
    ? head.findIndex((weekday) => weekday !== null)
    : body.length > 0 && body.every((line) => periodOf(line[0] ?? '') !== null)
      ? 1
      : 0;
  return body.flatMap((line, at) => {
    const period =
      line
        .slice(0, firstColumn)
        .map(periodOf)
        .findLast((found) => found !== null) ?? at + 1;
    return line.slice(firstColumn).flatMap((cell, column): PastedCell[] => {
      const weekday = hasHead ? (head[firstColumn + column] ?? null) : column + 1;
      const read = readCell(cell);
      return weekday !== null && weekday <= 7 && read ? [{ weekday, period, ...read }] : [];
    });
  });
}

/** Tabs between cells; a cell with a line break of its own is quoted. */
function cellsOf(text: string): string[][] {
  const lines: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r?\n|$)/g)) {
    lines.at(-1)!.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end !== '\t' && end !== '') lines.push([]);
  }
  return lines;
}

function weekdayOf(text: string): number | null {
  const found = /(?:星期|周|礼拜)([一二三四五六日天])/.exec(text)?.[1];
  if (found) return Math.min(7, WEEKDAYS.indexOf(found) + 1);
  const english = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].indexOf(
    text.trim().slice(0, 3).toLowerCase(),
  );
  return english < 0 ? null : english + 1;
}

function periodOf(text: string): number | null {
  const found = /^\s*(?:第)?\s*(\d{1,2}|[一二三四五六七八九十])\s*(?:节)?\s*$/.exec(
    text.split('\n')[0] ?? '',
  )?.[1];
  if (!found) return null;
  return /\d/.test(found) ? Number(found) : NUMBERS.indexOf(found) + 1;
}

function readCell(cell: string): Pick<PastedCell, 'subject' | 'teacherName' | 'weeks'> | null {
  const weeks = /[(（]单周?[)）]/.test(cell) ? 'odd' : /[(（]双周?[)）]/.test(cell) ? 'even' : 'all';
  const [subject = '', teacherName = ''] = cell
    .replace(/[(（][单双]周?[)）]/g, '')
    .trim()
    .split(/[\s/／]+/);
  return subject === '' || /^[-—–]+$/.test(subject)
    ? null
    : { subject: subject.slice(0, 20), teacherName, weeks };
}
