import { beforeAll, describe, expect, test } from '@jest/globals';
import { onBothDatabases } from '../../testing/both-databases.ts';
import type { Db } from '../database/database.ts';
import { seedWorld } from '../demo/seed.ts';
import { readSeedFile } from '../demo/seed-file.ts';
import { AccountRepository } from './account-repository.ts';
import type { EndedSession } from './sessions.ts';

onBothDatabases('Sessions', (open) => {
  let db: Db;
  let accounts: AccountRepository;
  const idOf = async (name: string) =>
    (await db.selectFrom('account').select('id').where('name', '=', name).executeTakeFirstOrThrow()).id;
  const organizationOf = async (id: string) => (await accounts.find(id))!.organizationId;

  beforeAll(async () => {
    db = (await open()).db;
    await seedWorld(db, readSeedFile());
    accounts = new AccountRepository(db, 1);
  });

  describe('somebody with two roles', () => {
    let accountId: string;
    let token: string;
    beforeAll(async () => {
      accountId = await idOf('陈静');
      const organization_id = await organizationOf(accountId);
      await db
        .insertInto('account_role')
        .values({ account_id: accountId, organization_id, role: 'administrator' })
        .execute();
      token = (await accounts.sessions.open(accountId, { way: 'password' })).token;
    });

    test('is one account, that comes in for everyday work', async () => {
      const all = await accounts.all();
      expect(all.filter((account) => account.accountId === accountId).map(({ role }) => role)).toEqual([
        'teacher',
      ]);
      expect((await accounts.grantsOf(accountId)).map(({ role }) => role)).toEqual([
        'teacher',
        'administrator',
      ]);
      expect((await accounts.sessions.read(token))?.account?.role).toBe('teacher');
    });

    test('needs a second factor to administer, and none that is not theirs to act as', async () => {
      const session = (await accounts.sessions.read(token))!;
      const ended: EndedSession[] = [];
      accounts.sessions.on('ended', (sessions) => ended.push(...sessions));
      const organizationId = await organizationOf(accountId);
      await accounts.sessions.act(session, 'administrator', organizationId);
      expect(await accounts.sessions.read(token)).toMatchObject({
        account: null,
        needs: 'enrolSecondFactor',
      });
      expect(ended.map(({ reason }) => reason)).toEqual(['role']);
      await expect(accounts.sessions.act(session, 'auditor', organizationId)).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      await accounts.sessions.strengthen(session.sessionId);
      expect((await accounts.sessions.read(token))?.account?.role).toBe('administrator');
    });

    test('whose role is taken away is signed in no more', async () => {
      await db
        .deleteFrom('account_role')
        .where('account_id', '=', accountId)
        .where('role', '=', 'administrator')
        .execute();
      expect(await accounts.sessions.read(token)).toBeNull();
    });
  });

  test('who is switched off or archived has no session and gets none', async () => {
    const accountId = await idOf('李秀兰');
    const { token, sessionId } = await accounts.sessions.open(accountId, { way: 'password' });
    for (const off of ['disabled_at', 'archived_at'] as const) {
      await db
        .updateTable('account')
        .set({ [off]: new Date() })
        .where('id', '=', accountId)
        .execute();
      expect(await accounts.sessions.read(token)).toBeNull();
      expect((await accounts.sessions.stillThere([sessionId])).size).toBe(0);
      expect(await accounts.find(accountId)).toBeNull();
      await expect(accounts.sessions.open(accountId, { way: 'password' })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
      await db
        .updateTable('account')
        .set({ [off]: null })
        .where('id', '=', accountId)
        .execute();
    }
  });

  test('ending all of an account but one spares that one', async () => {
    const accountId = await idOf('赵强');
    const mine = await accounts.sessions.open(accountId, { way: 'password' });
    const other = await accounts.sessions.open(accountId, { way: 'password' });
    await accounts.endSessions({ accountId, except: mine.sessionId }, 'password');
    expect(await accounts.sessions.read(mine.token)).not.toBeNull();
    expect(await accounts.sessions.read(other.token)).toBeNull();
  });
});
