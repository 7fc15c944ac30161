import { Config } from '#platform/config.ts';
import type { Person, PersonRole } from '#protocol/directory.ts';
import type { FieldError } from '#protocol/errors.ts';
import { TestApp } from '../../../testing/app.ts';
import type { OpenTestDatabase } from '../../../testing/both-databases.ts';
import type { Answer, TestPerson } from '../../../testing/person.ts';
import { directoryRoutes } from '../directory-routes.ts';

/** The demo's county with the routes of the directory, its administrator, and one of a school. */
export class DirectoryWorld {
  readonly app: TestApp;
  readonly bureau: TestPerson;
  readonly school: TestPerson;
  readonly teacher: TestPerson;
  readonly #places: Map<string, string>;

  static async open(open: OpenTestDatabase): Promise<DirectoryWorld> {
    const app = await TestApp.open(
      (parts) => ({ api: directoryRoutes({ ...parts, config: Config.parse({}) }) }),
      {
        open,
      },
    );
    const places = await app.db.selectFrom('organization').select(['id', 'name']).execute();
    const bureau = await app.signIn('马建国');
    const world = new Map(places.map(({ id, name }) => [name, id]));
    await created(bureau, '周校长', 'administrator', world.get('清河县实验小学')!);
    const school = await app.signIn('周校长');
    return new DirectoryWorld(app, world, bureau, school, await app.signIn('陈静'));
  }

  private constructor(
    app: TestApp,
    places: Map<string, string>,
    bureau: TestPerson,
    school: TestPerson,
    teacher: TestPerson,
  ) {
    this.app = app;
    this.#places = places;
    this.bureau = bureau;
    this.school = school;
    this.teacher = teacher;
  }

  /** An organization of the demo. */
  at(name: string): string {
    const id = this.#places.get(name);
    if (!id) throw new Error(`the demo has no ${name}`);
    return id;
  }

  async person(name: string, role: PersonRole, place: string): Promise<Person> {
    return await created(this.bureau, name, role, this.at(place));
  }

  async audited(action: string): Promise<Record<string, unknown>[]> {
    const rows = await this.app.db
      .selectFrom('audit_entry')
      .selectAll()
      .where('action', '=', action)
      .orderBy('seq')
      .execute();
    return rows.map((row) => ({ ...row, ...(row.detail as object) }));
  }
}

async function created(
  by: TestPerson,
  name: string,
  role: PersonRole,
  organizationId: string,
): Promise<Person> {
  const answer = await by.ask('POST', '/api/people', {
    name,
    organizationId,
    roles: [{ role, organizationId }],
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body as Person;
}

/** What is wrong with which field: `name taken`. */
export const fieldsOf = ({ body }: Answer): string[] =>
  ((body as { error: { fields?: FieldError[] } }).error.fields ?? []).map(
    ({ path, issue }) => `${path} ${issue}`,
  );

/** Names as nobody should have to read them, and what becomes of them: a name, or what is wrong. */
export const NAMES: readonly [raw: string, kept: string | null, issue: string | null][] = [
  ['', null, 'name required'],
  [' \t\u3000\n ', null, 'name required'],
  ['\u200b\u200d\ufeff', null, 'name required'],
  ['长'.repeat(81), null, 'name tooLong'],
  ['长'.repeat(2_000), null, 'name tooLong'],
  ['长'.repeat(80), '长'.repeat(80), null],
  ['  王\u200b小\u200d明  ', '王小明', null],
  ['\u202e明小王\u202c', '明小王', null],
  ['\u2067李\u2069 红', '李 红', null],
  ['阿依古丽·买买提', '阿依古丽·买买提', null],
  ['مەھمۇت', 'مەھمۇت', null],
  ['Zoe\u0308  Müller', 'Zoë Müller', null],
  ['👨‍👩‍👧 小太阳🌞', '👨‍👩‍👧 小太阳🌞', null],
  ['<b>"; drop table', '<b>"; drop table', null],
  ['=1+1', '=1+1', null],
];
