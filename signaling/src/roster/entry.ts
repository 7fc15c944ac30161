import type { RosterChange, RosterFate, RosterIssue, RosterKind, RosterProblem } from '#protocol/roster.ts';
import { SEEN_NUL } from './csv-text.ts';
import { joinName } from './oneroster.ts';
import type { RawRow } from './roster-file.ts';

/** One row on its way to its fate. */
export class Entry {
  readonly file: string;
  readonly kind: RosterKind;
  readonly raw: RawRow;
  readonly sourcedId: string;
  readonly problems: RosterProblem[] = [];
  readonly changes: RosterChange[] = [];
  label = '';
  fate: RosterFate = 'unchanged';
  /** Of the row in the database, there or to be made; empty while it is not known. */
  id = '';
  isNew = false;
  /** Of an organization: how many rows of the files are above it. */
  depth = 0;
  /** What will be written, by the table's columns; of people also their roles. */
  values: Record<string, unknown> = {};

  constructor(file: string, kind: RosterKind, raw: RawRow) {
    this.file = file;
    this.kind = kind;
    this.raw = raw;
    this.sourcedId = raw.cells.sourcedId ?? '';
  }

  cell(column: string): string {
    return this.raw.cells[column] ?? '';
  }

  /** Several values of one cell. */
  list(column: string): string[] {
    return this.cell(column)
      .split(/[,;，；]/)
      .map((one) => one.trim())
      .filter(Boolean);
  }

  get toBeDeleted(): boolean {
    return this.cell('status').toLowerCase() === 'tobedeleted';
  }

  get refused(): boolean {
    return this.fate === 'refused';
  }

  refuse(field: string, issue: RosterIssue, value = this.cell(field)): void {
    this.fate = 'refused';
    this.problems.push({ field, issue, value: value.slice(0, 200) });
  }

  skip(field: string, issue: RosterIssue, value = this.cell(field)): void {
    if (this.refused) return;
    this.fate = 'skipped';
    this.problems.push({ field, issue, value: value.slice(0, 200) });
  }

  /** Notes a difference; equal values are none. */
  compare(field: string, from: string | null, to: string | null): void {
    if ((from ?? '') !== (to ?? '')) this.changes.push({ field, from: from ?? '', to: to ?? '' });
  }

  /** Its fate, once everything about it is known. */
  settle(): void {
    if (this.fate !== 'unchanged') return;
    if (this.isNew) this.fate = 'new';
    else if (this.changes.length > 0) this.fate = 'changed';
  }

  /** What can be said of a row without knowing any other. */
  checkForm(): void {
    this.label =
      this.cell('name') ||
      this.cell('title') ||
      joinName(this.cell('familyName'), this.cell('givenName')) ||
      this.sourcedId;
    if (this.raw.broken) this.refuse('', this.raw.broken, '');
    if (this.refused) return;
    const nul = Object.entries(this.raw.cells).find(([, cell]) => cell.includes(SEEN_NUL));
    if (nul) this.refuse(nul[0], 'nul');
    if (!['', 'active', 'tobedeleted'].includes(this.cell('status').toLowerCase()))
      this.refuse('status', 'format');
    if (this.kind === 'enrollments') return;
    if (this.sourcedId === '') this.refuse('sourcedId', 'required');
    else if (this.sourcedId.length > 255) this.refuse('sourcedId', 'tooLong');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is there to find them.
    else if (/[\u0000-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/.test(this.sourcedId))
      this.refuse('sourcedId', 'format');
  }
}
