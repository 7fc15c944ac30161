import { newId } from '#platform/ids.ts';
import type { Account } from '#protocol/domain.ts';
import type { RosterKind } from '#protocol/roster.ts';
import type { Entry } from './entry.ts';
import { type Existing, knownId } from './existing.ts';

export type ReferredKind = Exclude<RosterKind, 'enrollments'>;

/** What a row refers to: something that is there, or another row of the files. */
export interface Referred {
  id: string;
  name: string;
}

/** A plan in the making: what there is, and what the rows so far bring. */
export class Planning {
  readonly existing: Existing;
  /** Who imports. */
  readonly account: Account;
  readonly #entries = new Map<string, Entry>();
  /** Which row has taken a row of the database. */
  readonly #taken = new Map<string, Entry>();
  /** Rows of the database by what else they are known by. */
  readonly #alike: ReadonlyMap<string, string>;
  /** Logins and codes in the whole platform that the files name, in small letters, with whose they are. */
  readonly logins: ReadonlyMap<string, string>;
  readonly codes: ReadonlyMap<string, string>;

  constructor(
    existing: Existing,
    account: Account,
    { logins, codes }: { logins: ReadonlyMap<string, string>; codes: ReadonlyMap<string, string> },
  ) {
    this.existing = existing;
    this.#alike = lookalikesOf(existing);
    this.account = account;
    this.logins = logins;
    this.codes = codes;
  }

  /** Takes the row in under its name; a second one of the same name is refused. */
  register(entry: Entry): void {
    const key = `${entry.kind} ${entry.sourcedId}`;
    const other = this.#entries.get(key);
    if (other) entry.refuse('sourcedId', 'duplicate', `${other.file}:${other.raw.line}`);
    else if (entry.sourcedId !== '') this.#entries.set(key, entry);
  }

  entryOf(kind: ReferredKind, sourcedId: string): Entry | undefined {
    return this.#entries.get(`${kind} ${sourcedId}`);
  }

  /**
   * Finds the row of the database that an entry is about: by its name, or by `lookalike`. One row of the database for
   * each row of the files.
   */
  match(entry: Entry, kind: ReferredKind, lookalike: () => string | null): void {
    const known = knownId(this.existing, kind, entry.sourcedId);
    const id = known ?? lookalike();
    const other = id && this.#taken.get(`${kind} ${id}`);
    if (other) {
      entry.refuse('sourcedId', 'duplicate', `${other.file}:${other.raw.line}`);
      return;
    }
    entry.isNew = id === null;
    entry.id = id ?? newId();
    if (id) this.#taken.set(`${kind} ${id}`, entry);
    // It was there before, without this name.
    if (id && !known) entry.changes.push({ field: 'sourcedId', from: '', to: entry.sourcedId });
  }

  /** The same thing, entered by hand before: by the first of the keys that leads somewhere. */
  alike(kind: ReferredKind, ...keys: (string | null)[][]): string | null {
    for (const key of keys) {
      const id = key.includes(null) ? undefined : this.#alike.get([kind, ...key].join('\n'));
      if (id) return id;
    }
    return null;
  }

  /**
   * A login or code is one of a kind: refuses a row whose is somebody's in the platform, or another row's.
   * @param owners whose they are there, by the value in small letters
   */
  claim(entry: Entry, column: string, value: string | null, owners: ReadonlyMap<string, string>): void {
    if (value === null) return;
    const key = `${column} ${value.toLowerCase()}`;
    const owner = owners.get(value.toLowerCase());
    const other = this.#taken.get(key);
    if (owner && owner !== entry.id) entry.refuse(column, 'taken', value);
    else if (other) entry.refuse(column, 'duplicate', `${other.file}:${other.raw.line}`);
    else this.#taken.set(key, entry);
  }

  /** What a cell refers to; null, and the row is refused, where that is nothing or is refused itself. */
  refer(entry: Entry, column: string, kind: ReferredKind, sourcedId = entry.cell(column)): Referred | null {
    if (sourcedId === '') {
      entry.refuse(column, 'required');
      return null;
    }
    const other = this.entryOf(kind, sourcedId);
    if (other) {
      if (other.refused || other.id === '') entry.refuse(column, 'refusedReference', sourcedId);
      else if (other.fate === 'skipped') entry.skip(column, 'notUsed', sourcedId);
      else if (other.toBeDeleted && !entry.toBeDeleted) entry.refuse(column, 'archivedReference', sourcedId);
      else return { id: other.id, name: other.label };
      return null;
    }
    const id = knownId(this.existing, kind, sourcedId);
    const row = id ? this.existing[kind].get(id) : undefined;
    if (!row) entry.refuse(column, 'unknownReference', sourcedId);
    else if ('archived' in row && row.archived && !entry.toBeDeleted)
      entry.refuse(column, 'archivedReference', sourcedId);
    else return { id: row.id, name: 'title' in row ? row.title : row.name };
    return null;
  }

  nameOf(organizationId: string): string {
    return this.existing.orgs.get(organizationId)?.name ?? '';
  }

  /** A row that is to go: archived if it is there and nothing hangs on it. True when that is all. */
  archive(entry: Entry, known: { archived: boolean; id: string } | undefined): boolean {
    if (!entry.toBeDeleted) return false;
    if (!known) entry.skip('status', 'absent');
    else if (known.archived) entry.changes.length = 0;
    else if (this.existing.teaching.has(known.id)) entry.refuse('status', 'inUse');
    else entry.fate = 'archived';
    return true;
  }
}

function lookalikesOf({
  rootId,
  orgs,
  users,
  courses,
  classes,
  academicSessions,
}: Existing): Map<string, string> {
  const all: [ReferredKind, string, (string | null)[]][] = [
    ...[...orgs.values()].flatMap(
      ({ id, parentId, name, code }): [ReferredKind, string, (string | null)[]][] =>
        id === rootId
          ? []
          : [
              ['orgs', id, [code]],
              ['orgs', id, [parentId, name]],
            ],
    ),
    ...[...users.values()].flatMap(
      ({ id, organizationId, login, number }): [ReferredKind, string, (string | null)[]][] => [
        ['users', id, [login]],
        ['users', id, [organizationId, number]],
      ],
    ),
  ];
  for (const { id, organizationId, title } of courses.values())
    all.push(['courses', id, [organizationId, title]]);
  for (const { id, organizationId, name } of classes.values())
    all.push(['classes', id, [organizationId, name]]);
  for (const { id, organizationId, name } of academicSessions.values())
    all.push(['academicSessions', id, [organizationId, name]]);
  return new Map(
    all.flatMap(([kind, id, key]) => (key.includes(null) ? [] : [[[kind, ...key].join('\n'), id] as const])),
  );
}
