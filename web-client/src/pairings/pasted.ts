import { PAIRING_COLUMNS, type PairingLine } from '#protocol/pairing.ts';

/** The lines of a table as a spreadsheet gives it to the clipboard; a first line that repeats the titles is left out. */
export function linesOf(text: string, titles: readonly string[]): PairingLine[] {
  const rows = text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => line.split(line.includes('\t') ? '\t' : /[,，|]/).map((cell) => unquoted(cell.trim())));
  const withoutHead = rows[0]?.some((cell) => titles.includes(cell)) ? rows.slice(1) : rows;
  return withoutHead
    .slice(0, 500)
    .map(
      (cells) =>
        Object.fromEntries(
          PAIRING_COLUMNS.map((column, index) => [column, (cells[index] ?? '').slice(0, 200)]),
        ) as PairingLine,
    );
}

/** A spreadsheet puts a cell with a line break or a quote into quotes. */
const unquoted = (cell: string): string =>
  /^".*"$/s.test(cell) ? cell.slice(1, -1).replaceAll('""', '"') : cell;
