import { sql } from 'kysely';
import { pinyin } from 'pinyin-pro';
import type { Db } from '../database/database.ts';

const LONGEST = 30;
/** Of a name without a letter that could be typed. */
const NAMELESS = 'user';

/** A name as one would type it: 陈静 chenjing, Anna-Lena annalena. */
export function loginBase(name: string): string {
  const spelt = name.replace(/\p{Script=Han}+/gu, (run) =>
    // As a surname is read: 单 shan, 曾 zeng.
    pinyin(run, { toneType: 'none', surname: 'head', v: true, separator: '' }),
  );
  const letters = spelt
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, LONGEST);
  return letters.length >= 2 ? letters : NAMELESS;
}

/**
 * Free logins for many names at once, in their order: the first 王芳 is wangfang, the next wangfang2. A login that is
 * suggested may be gone when it is used; the unique index decides.
 * @param taken logins that are as good as given away
 */
export async function freeLogins(
  db: Db,
  names: readonly string[],
  taken: Iterable<string> = [],
): Promise<string[]> {
  const bases = names.map(loginBase);
  const gone = new Set(taken);
  const unique = [...new Set(bases)];
  for (let from = 0; from < unique.length; from += 500) {
    const { rows } = await sql<{ login: string }>`
      select lower(login) as login from account where login is not null
        and rtrim(lower(login), '0123456789') in (${sql.join(unique.slice(from, from + 500).map((base) => sql`rtrim(${base}, '0123456789')`))})`.execute(
      db,
    );
    for (const { login } of rows) gone.add(login);
  }
  return bases.map((base) => {
    let login = base;
    for (let count = 2; gone.has(login); count += 1) login = `${base}${count}`;
    gone.add(login);
    return login;
  });
}
