import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { newId } from '#platform/ids.ts';
import type { Account } from '#protocol/domain.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import type { Db } from '../database/database.ts';
import { AnchorFile, keepAnchors } from './anchors.ts';
import { type Actor, Audit, type AuditEvent } from './audit.ts';
import { append, draftOf, hashOfRow } from './chain.ts';
import { pruneAudit } from './prune.ts';
import { verifyChain } from './verify.ts';

const somebody: Actor = {
  account: {
    ...{ accountId: newId(), kind: 'person', name: '陈静\u202E🎓\0\uD800', role: 'administrator' },
    ...{ organizationId: newId(), organizationName: '县教育局' },
  } as Account,
  address: '10.0.0.7',
};
const event = (more: Partial<AuditEvent> = {}): AuditEvent => ({
  action: 'grant.given',
  organizationId: somebody.account!.organizationId,
  object: { kind: 'account', id: 'x' },
  detail: {
    zeta: 1,
    10: 'ten',
    9: 'nine',
    alpha: { d: 0.1 + 0.2, c: [-0, 1e21, null, { b: 1, a: undefined }] },
  },
  ...more,
});

onBothDatabases('The audit', (open) => {
  let db: Db;
  let audit: Audit;
  let folder: string;

  beforeAll(async () => {
    ({ db } = await open());
    folder = mkdtempSync(join(tmpdir(), 'audit-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    await sql`truncate audit_entry`.execute(db);
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
    audit = new Audit(db, { folder });
  });

  const tamper = async (...statements: string[]) => {
    await sql`alter table audit_entry disable trigger audit_entry_stands`.execute(db);
    for (const statement of statements) await sql.raw(statement).execute(db);
    await sql`alter table audit_entry enable trigger audit_entry_stands`.execute(db);
  };
  const write = async (count: number) => {
    for (let n = 0; n < count; n += 1) await audit.write(somebody, event({ detail: { n } }));
  };

  test('gives every line its place, however many write at once, and the hashes come out of the rows', async () => {
    const other = new Audit(db);
    await Promise.all(
      Array.from({ length: 300 }, (_, n) => (n % 2 ? audit : other).write(somebody, event())),
    );
    const chain = await verifyChain(db, []);
    expect(chain).toMatchObject({ whole: true, rows: 300, problems: [], newest: { seq: 300 } });
    const row = await db.selectFrom('audit_entry').selectAll().where('seq', '=', 7).executeTakeFirstOrThrow();
    expect(row.account_name).toBe('陈静\u202E🎓\uFFFD\uFFFD');
    expect(hashOfRow(row as never)).toBe(row.hash);
  });

  test('is not changed or emptied by accident', async () => {
    await write(1);
    await expect(sql`update audit_entry set result = 'failed'`.execute(db)).rejects.toThrow('never changed');
    await expect(sql`delete from audit_entry`.execute(db)).rejects.toThrow('never changed');
  });

  test('tells a changed, removed, inserted, moved and exchanged row, and which', async () => {
    const problemsAfter = async (...statements: string[]) => {
      await sql`truncate audit_entry`.execute(db);
      audit = new Audit(db, { folder });
      await write(8);
      const anchor = audit.newest!;
      await tamper(...statements);
      return (await verifyChain(db, [anchor])).problems;
    };
    expect(await problemsAfter()).toEqual([]);
    for (const change of [
      "account_name = '别人'",
      "at = at + interval '1 millisecond'",
      "result = 'refused'",
      `detail = '{"n": 99}'`,
      'organization_id = null',
    ])
      expect(await problemsAfter(`update audit_entry set ${change} where seq = 5`)).toEqual([
        { kind: 'changed', seq: 5 },
      ]);
    expect(await problemsAfter('delete from audit_entry where seq in (3, 4)')).toEqual([
      { kind: 'missing', from: 3, to: 4 },
    ]);
    expect(await problemsAfter('delete from audit_entry where seq <= 2')).toEqual([
      { kind: 'missing', from: 1, to: 2 },
    ]);
    expect(await problemsAfter('delete from audit_entry where seq > 6')).toEqual([
      { kind: 'cutOff', from: 7, to: 8 },
    ]);
    expect(await problemsAfter('delete from audit_entry')).toEqual([{ kind: 'cutOff', from: 1, to: 8 }]);
    // The gap closed again by moving what follows: each moved row says so.
    expect(
      await problemsAfter(
        'delete from audit_entry where seq = 3',
        'update audit_entry set seq = seq - 1 where seq > 3',
      ),
    ).toEqual(expect.arrayContaining([{ kind: 'changed', seq: 3 }]));
    expect(
      await problemsAfter(
        'update audit_entry set seq = 100 where seq = 2',
        'update audit_entry set seq = 2 where seq = 3',
        'update audit_entry set seq = 3 where seq = 100',
      ),
    ).toEqual(
      expect.arrayContaining([
        { kind: 'changed', seq: 2 },
        { kind: 'changed', seq: 3 },
      ]),
    );
    expect(
      await problemsAfter(
        'update audit_entry set seq = seq + 100 where seq > 4',
        'update audit_entry set seq = seq - 99 where seq > 100',
        `insert into audit_entry select 5, 'new', at, account_id, account_name, role, organization_id, action, object_kind,
           object_id, result, address, detail, hash, 'made up' from audit_entry where seq = 4`,
      ),
    ).toEqual(expect.arrayContaining([{ kind: 'changed', seq: 5 }]));
  });

  test('tells a row that was exchanged with its hash, by the next one, and the last one by its anchor', async () => {
    await write(4);
    const anchor = audit.newest!;
    const exchange = async (seq: number) => {
      const row = await db
        .selectFrom('audit_entry')
        .selectAll()
        .where('seq', '=', seq)
        .executeTakeFirstOrThrow();
      const hash = hashOfRow({ ...row, account_name: '别人' } as never);
      await tamper(`update audit_entry set account_name = '别人', hash = '${hash}' where seq = ${seq}`);
    };
    await exchange(2);
    expect((await verifyChain(db, [anchor])).problems).toEqual([{ kind: 'misplaced', seq: 3 }]);
    await exchange(4);
    expect((await verifyChain(db, [])).problems).toEqual([{ kind: 'misplaced', seq: 3 }]);
    expect((await verifyChain(db, [anchor])).problems).toEqual([
      { kind: 'misplaced', seq: 3 },
      { kind: 'exchanged', seq: 4 },
    ]);
  });

  test('keeps its newest place in a file of the data folder', async () => {
    const file = new AnchorFile(folder);
    const keeper = keepAnchors(audit, file);
    await write(3);
    keeper.close();
    await write(2);
    keepAnchors(audit, file).close();
    expect(file.read().map(({ seq }) => seq)).toEqual([3, 5]);
    expect((await verifyChain(db, file.read())).whole).toBe(true);
    await tamper('delete from audit_entry where seq > 4');
    expect((await verifyChain(db, file.read())).problems).toEqual([{ kind: 'cutOff', from: 5, to: 5 }]);
  });

  test('gives up whole old months only, and the chain goes on from what it says of them', async () => {
    await write(6);
    await sql`truncate audit_entry`.execute(db);
    const at = ['2026-01-10', '2026-02-28', '2026-03-01', '2026-02-27', '2026-09-01'];
    for (const day of at) {
      const draft = draftOf({
        ...{
          account_id: null,
          account_name: 'x',
          role: null,
          organization_id: null,
          action: 'lesson.joined',
        },
        ...{ object_kind: null, object_id: null, result: 'ok', address: '', detail: {} },
      });
      await db.transaction().execute((trx) => append(trx, [{ ...draft, at: new Date(day) }]));
    }
    const now = new Date('2026-09-20');
    expect(await pruneAudit(db, 12, now)).toBeNull();
    expect(await pruneAudit(db, 6, now)).toMatchObject({ removed: 2, newest: { seq: 6 } });
    const seqs = await db.selectFrom('audit_entry').select('seq').orderBy('seq').execute();
    expect(seqs.map(({ seq }) => seq)).toEqual([3, 4, 5, 6]);
    expect((await verifyChain(db, [])).problems).toEqual([]);
    await tamper('delete from audit_entry where seq = 3');
    expect((await verifyChain(db, [])).problems).toEqual([{ kind: 'missing', from: 1, to: 3 }]);
  });

  test('lets a lesson and whoever signs in go on where the disk takes no line either', async () => {
    const full = new Audit(db, { folder: join(folder, 'nowhere') });
    await sql`alter table audit_entry rename to audit_entry_away`.execute(db);
    await full.write(somebody, event({ action: 'signIn.opened' }));
    expect(full.alarm).toMatchObject({ waiting: 1 });
    await sql`alter table audit_entry_away rename to audit_entry`.execute(db);
    await full.mustStand();
    expect(full.alarm).toBeNull();
    expect(
      (await db.selectFrom('audit_entry').select('action').execute()).map(({ action }) => action),
    ).toEqual(['signIn.opened']);
    await full.close();
  });

  test('raises an alarm when it cannot write: acts are refused, lessons go on, and nothing is forgotten', async () => {
    await write(1);
    await sql
      .raw(`create function refuse_audit() returns trigger language plpgsql as $$
        begin raise exception 'no more'; end $$`)
      .execute(db);
    await sql`create trigger refuse before insert on audit_entry for each row execute function refuse_audit()`.execute(
      db,
    );
    await audit.write(somebody, event({ action: 'lesson.joined' }));
    expect(audit.alarm).toMatchObject({ waiting: 1 });
    await expect(audit.write(somebody, event())).rejects.toMatchObject({ code: 'AUDIT_FAILED' });
    await expect(audit.mustStand()).rejects.toMatchObject({ code: 'AUDIT_FAILED' });
    const id = newId();
    const act = db.transaction().execute(async (trx) => {
      await trx
        .insertInto('organization')
        .values({ id, kind: 'bureau', name: '新', parent_id: null })
        .execute();
      await audit.within(trx, somebody, event());
    });
    await expect(act).rejects.toMatchObject({ code: 'AUDIT_FAILED' });
    expect(await db.selectFrom('organization').select('id').where('id', '=', id).execute()).toEqual([]);
    await audit.close();

    // The next process finds the lines in the folder.
    const next = new Audit(db, { folder });
    expect(next.alarm ?? { waiting: 3 }).toMatchObject({ waiting: 3 });
    await sql`drop trigger refuse on audit_entry`.execute(db);
    await sql`drop function refuse_audit`.execute(db);
    while ((await db.selectFrom('audit_entry').select('seq').execute()).length < 4)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await next.mustStand();
    expect(next.alarm).toBeNull();
    const lines = await db.selectFrom('audit_entry').selectAll().orderBy('seq').execute();
    expect(lines.map(({ action, result }) => [action, result])).toEqual([
      ['grant.given', 'ok'],
      ['lesson.joined', 'ok'],
      ['grant.given', 'ok'],
      ['grant.given', 'failed'],
    ]);
    expect(lines.map(({ detail }) => detail)).toMatchObject([
      {},
      { late: true },
      { late: true, answered: 'AUDIT_FAILED' },
      { late: true, answered: 'AUDIT_FAILED' },
    ]);
    expect((await verifyChain(db, [])).whole).toBe(true);
    await next.close();
  });
});
