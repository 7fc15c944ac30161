import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { newId } from '#platform/ids.ts';
import { TestPostgres } from '#platform/testing/postgres.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import { type Db, openDatabase } from './database.ts';

onBothDatabases('a database', (open) => {
  let db: Db;
  beforeAll(async () => {
    db = (await open()).db;
    await sql`create table kinds (id text primary key, at timestamptz, big bigint, real double precision,
      list text[], body jsonb, flag boolean, bytes bytea)`.execute(db);
  });

  test('gives the same JavaScript values for the same rows', async () => {
    const at = new Date('2026-03-01T08:00:00.123Z');
    const body = { words: ['两位数', "quo'te"], nested: { n: 1 } };
    await sql`insert into kinds values ('a', ${at}, ${5_000_000_000}, ${0.25}, ${['一', 'b']},
      ${JSON.stringify(body)}, ${true}, ${Buffer.from([0, 255])})`.execute(db);
    const { rows } = await sql<Record<string, unknown>>`select * from kinds`.execute(db);
    const { bytes, ...row } = rows[0]!;
    expect(row).toEqual({
      id: 'a',
      at,
      big: 5_000_000_000,
      real: 0.25,
      list: ['一', 'b'],
      body,
      flag: true,
    });
    expect([...(bytes as Uint8Array)]).toEqual([0, 255]);
    const counted = await sql<{ n: number }>`select count(*) as n from kinds`.execute(db);
    expect(counted.rows).toEqual([{ n: 1 }]);
  });

  test('a transaction that throws leaves nothing, and what runs beside it is not drawn into it', async () => {
    const bureau = (id: string) => ({ id, parent_id: null, kind: 'bureau' as const, name: id });
    const [lost, kept] = [newId(), newId()];
    let beside: Promise<unknown> | undefined;
    const failing = db.transaction().execute(async (trx) => {
      await trx.insertInto('organization').values(bureau(lost)).execute();
      beside = db.insertInto('organization').values(bureau(kept)).execute();
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await beside;
    const rows = await db.selectFrom('organization').select('id').execute();
    expect(rows.map(({ id }) => id)).toEqual([kept]);
  });

  test('a second row with the same key is refused with 23505', async () => {
    const row = { id: newId(), parent_id: null, kind: 'bureau' as const, name: 'x' };
    await db.insertInto('organization').values(row).execute();
    await expect(db.insertInto('organization').values(row).execute()).rejects.toMatchObject({
      code: '23505',
    });
  });
});

describe('a PostgreSQL server', () => {
  let server: TestPostgres;
  beforeAll(async () => {
    server = await TestPostgres.start();
  });
  afterAll(() => server.close());

  test('is migrated once by processes that start at the same time', async () => {
    const url = await server.create();
    const all = await Promise.all(Array.from({ length: 4 }, () => openDatabase({ url, connections: 2 })));
    const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(all[0]!.db);
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
    expect(rows.length).toBeGreaterThan(2);
    for (const { close } of all) await close();
  });

  test('that is not up yet is waited for; a wrong name or password is said at once', async () => {
    const url = await server.create();
    await server.kill();
    const opening = openDatabase({ url });
    await server.start();
    await (await opening).close();
    await expect(openDatabase({ url: server.url('nowhere') })).rejects.toThrow(/nowhere/);
  });
});
