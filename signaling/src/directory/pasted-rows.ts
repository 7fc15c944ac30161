/** What stands in one line of a pasted table. */
export interface PastedRow {
  /** From 1. */
  line: number;
  cells: string[];
}

/**
 * Lines as a spreadsheet puts them on the clipboard (cells between tabs), as a CSV, or as somebody types them; lines
 * with nothing in them are left out.
 */
export function pastedRows(text: string): PastedRow[] {
  const tabs = text.includes('\t');
  return text
    .split(/\r\n|\r|\n/)
    .map((row, at) => ({ line: at + 1, cells: cellsOf(row, tabs) }))
    .filter(({ cells }) => cells.some(Boolean));
}

const cellsOf = (row: string, tabs: boolean): string[] =>
  row.split(tabs ? '\t' : /[,，;；]/).map((cell) =>
    cell
      .trim()
      .replace(/^"(.*)"$/su, '$1')
      .trim(),
  );
