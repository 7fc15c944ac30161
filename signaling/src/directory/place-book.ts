import { type Expression, type SqlBool, sql } from 'kysely';
import type { PlaceKind } from '#protocol/directory-lines.ts';
import type { OrganizationKind } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import type { Db } from '../database/database.ts';

export interface Place {
  id: string;
  name: string;
  kind: OrganizationKind;
}
type Named = { id: string; name: string; place: string };
type ByPlace = Map<string, Map<string, string[]>>;

const TABLES = { classroom: 'classroom', classGroup: 'class_group', course: 'course' } as const;
const NOBODY: ReadonlyMap<string, string[]> = new Map();

/** What is there, and what the lines so far would bring: names are looked up in it and taken in it. */
export class PlaceBook {
  readonly usual: Place;
  readonly grades: readonly string[];
  readonly subjects: readonly string[];
  readonly #places = new Map<string, Place[]>();
  readonly #names: Set<string>;
  readonly #codes: Set<string>;
  readonly #textbooks: readonly { name: string; subject: string }[];
  readonly #rooms: ByPlace;
  readonly #teachers: ByPlace;

  /** @param editable of the organizations `o` those that the caller may change; `usual` has to be one of them. */
  static async open(
    db: Db,
    of: PlaceKind,
    usual: Id,
    editable: (reference: string) => Expression<SqlBool>,
  ): Promise<PlaceBook> {
    const { rows: places } = await sql<Place & { parent: string | null }>`
      select o.id, o.name, o.kind, o.parent_id as parent from organization o
      where ${editable('o.id')} and o.archived_at is null`.execute(db);
    const named = async (table: string, name = 'name') =>
      (
        await sql<Named>`select x.id, x.${sql.ref(name)} as name, x.organization_id as place
          from ${sql.table(table)} x where ${editable('x.organization_id')} and x.archived_at is null`.execute(
          db,
        )
      ).rows;
    const { rows: lists } = await sql<{ kind: string; name: string; subject: string }>`
      select kind, name, subject from reference_item where archived_at is null`.execute(db);
    const isGroup = of === 'classGroup';
    const { rows: teachers } = isGroup
      ? await sql<Named>`select distinct a.id, a.name, r.organization_id as place
          from account a join account_role r on r.account_id = a.id
          where ${editable('r.organization_id')} and a.kind = 'person' and a.archived_at is null
            and r.role <> 'student'`.execute(db)
      : { rows: [] };
    const { rows: codes } = await sql<{ code: string }>`
      select code from organization where code is not null`.execute(db);
    return new PlaceBook(usual, places, lists, {
      names:
        of === 'organization'
          ? places.map(({ id, name, parent }) => ({ id, name, place: parent ?? '' }))
          : await named(TABLES[of], of === 'course' ? 'title' : 'name'),
      rooms: isGroup ? await named('classroom') : [],
      teachers,
      codes: codes.map(({ code }) => code),
    });
  }

  private constructor(
    usual: Id,
    places: readonly Place[],
    lists: readonly { kind: string; name: string; subject: string }[],
    known: { names: Named[]; rooms: Named[]; teachers: Named[]; codes: string[] },
  ) {
    this.usual = places.find(({ id }) => id === usual)!;
    for (const place of places) this.add(place);
    const of = (kind: string) => lists.filter((item) => item.kind === kind);
    this.grades = of('grade').map(({ name }) => name);
    this.subjects = of('subject').map(({ name }) => name);
    this.#textbooks = of('textbook');
    this.#names = new Set(known.names.map(({ place, name }) => keyOf(place, name)));
    this.#codes = new Set(known.codes);
    this.#rooms = byPlace(known.rooms);
    this.#teachers = byPlace(known.teachers);
  }

  named = (name: string): readonly Place[] => this.#places.get(name) ?? [];

  add(place: Place): void {
    this.#places.set(place.name, [...this.named(place.name), place]);
  }

  /** Whether the name was free at the place; it is taken now. */
  take(place: string, name: string): boolean {
    const key = keyOf(place, name);
    return !this.#names.has(key) && Boolean(this.#names.add(key));
  }

  takeCode = (code: string): boolean => !this.#codes.has(code) && Boolean(this.#codes.add(code));

  textbooks = (subject: string): string[] =>
    this.#textbooks.filter((item) => item.subject === '' || item.subject === subject).map(({ name }) => name);

  roomsAt = (place: string): ReadonlyMap<string, string[]> => this.#rooms.get(place) ?? NOBODY;
  teachersAt = (place: string): ReadonlyMap<string, string[]> => this.#teachers.get(place) ?? NOBODY;
}

const keyOf = (place: string, name: string): string => `${place}\n${name}`;

function byPlace(rows: readonly Named[]): ByPlace {
  const places: ByPlace = new Map();
  for (const { id, name, place } of rows) {
    const names = places.get(place) ?? new Map<string, string[]>();
    places.set(place, names.set(name, [...(names.get(name) ?? []), id]));
  }
  return places;
}
