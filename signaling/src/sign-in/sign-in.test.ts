import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import { Config } from '#platform/config.ts';
import { ErrorBody } from '#protocol/errors.ts';
import { Session } from '#protocol/session.ts';
import {
  AccessLink,
  OwnAccount,
  PersonAccess,
  RecoveryCodes,
  SignInWays,
  StoredPasswordPolicy,
  TotpOffer,
} from '#protocol/sign-in.ts';
import { TestApp } from '../../testing/app.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import { type Answer, TestPerson } from '../../testing/person.ts';
import { applyRoles, type RoleChange } from '../directory/grants.ts';
import { sessionRoutes } from '../http/session-routes.ts';
import { signInApi } from './sign-in-api.ts';
import { type SignInParts, signInParts } from './sign-in-parts.ts';

const PASSWORD = '山间的小路很长 2031';
const errorOf = ({ body }: Answer) => ErrorBody.parse((body as { error: unknown }).error);

onBothDatabases('signing in', (open) => {
  let app: TestApp;
  let parts: SignInParts;
  let now = Date.now();

  beforeAll(async () => {
    app = await TestApp.open(
      ({ db, accounts, audit, office, logger, dataDir }) => {
        // The cheapest argon2id there is: what is tested is not how long it takes.
        const config = Config.parse({
          ...{ dataDir, demo: { enabled: false }, signIn: { hashMemoryKib: 8, hashPasses: 1 } },
        });
        parts = signInParts({ db, config, accounts, audit, office, logger, now: () => now });
        return { api: [sessionRoutes(accounts, audit, false), ...signInApi(parts)] };
      },
      { open },
    );
  });
  afterAll(() => app.close());

  const accountIdOf = async (name: string) =>
    (await app.parts.accounts.all()).find((account) => account.name === name)!.accountId;
  const give = async (name: string, login: string) => {
    const id = await accountIdOf(name);
    await app.db.updateTable('account').set({ login }).where('id', '=', id).execute();
    await parts.passwords.store(id, await parts.hash.hash(PASSWORD));
    return id;
  };
  const cookiesOf = ({ headers }: Answer) =>
    headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0]!)
      .join('; ');
  const from = (address: string) => ({ 'x-forwarded-for': address });
  const tryIn = async (login: string, password = PASSWORD, address = '10.0.0.1', cookie = '') =>
    new TestPerson(app.origin, null, cookie).ask(
      'POST',
      '/api/sign-in/password',
      { login, password },
      from(address),
    );
  const come = async (login: string, address = '10.0.0.1') => {
    const answer = await tryIn(login, PASSWORD, address);
    return {
      session: Session.parse(answer.body),
      person: new TestPerson(app.origin, null, cookiesOf(answer)),
    };
  };
  const codeFor = (secret: string, steps = 0) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now + steps * 30_000 });
  const actions = async () =>
    (await app.db.selectFrom('audit_entry').select('action').orderBy('seq').execute()).map(
      ({ action }) => action,
    );

  describe('first start', () => {
    let token: string;

    test('there is a link while nobody who administers can come in, and only the last one opens', async () => {
      const first = (await parts.firstStart.newLink())!.split('#')[1]!;
      token = (await parts.firstStart.newLink())!.split('#')[1]!;
      const nobody = app.anonymous();
      expect(await nobody.get(SignInWays, 'GET', '/api/sign-in/ways')).toMatchObject({
        firstStart: true,
        minLength: 8,
      });
      expect(await nobody.code('POST', '/api/first-start/look', { token: first })).toBe('LINK_INVALID');
      expect((await nobody.ask('POST', '/api/first-start/look', { token })).body).toMatchObject({
        minLength: 8,
      });
    });

    test('a weak password is refused beside its field, and the link is still there', async () => {
      const form = { token, organization: null, name: '王校长', login: 'wang', password: '12345678' };
      expect(errorOf(await app.anonymous().ask('POST', '/api/first-start', form)).fields).toEqual([
        { path: 'password', issue: 'weak' },
      ]);
    });

    test('of two tabs one makes the administrator, who has to set up a second factor first', async () => {
      const form = { token, organization: null, name: '王校长', login: 'Wang', password: PASSWORD };
      const both = await Promise.all([1, 2].map(() => app.anonymous().ask('POST', '/api/first-start', form)));
      expect(both.map(({ status }) => status).sort()).toEqual([200, 410]);
      const done = both.find(({ status }) => status === 200)!;
      expect(Session.parse(done.body)).toMatchObject({
        account: null,
        needs: 'enrolSecondFactor',
        name: '王校长',
      });
      const person = new TestPerson(app.origin, null, cookiesOf(done));
      expect(await person.code('GET', '/api/account')).toBe('SECOND_FACTOR_NEEDED');
      const { secret, uri } = await person.get(TotpOffer, 'POST', '/api/account/totp');
      expect(uri).toMatch(/^otpauth:\/\/totp\//);
      expect(await person.code('POST', '/api/account/totp/confirm', { code: '000000' })).toBe('FIELDS');
      const { codes } = await person.get(RecoveryCodes, 'POST', '/api/account/totp/confirm', {
        code: codeFor(secret),
      });
      expect(new Set(codes).size).toBe(10);
      expect((await person.get(Session, 'GET', '/api/session')).account?.role).toBe('administrator');
      // A link that lay about while the first administrator came in otherwise makes no second one.
      const { token: stale } = await parts.links.create('firstAdministrator', {
        ...{ accountId: null, createdBy: null, hours: 1 },
      });
      const late = { ...form, token: stale, login: 'late' };
      expect(await app.anonymous().code('POST', '/api/first-start', late)).toBe('LINK_INVALID');
      expect(await parts.firstStart.newLink()).toBeNull();
      // Not in the clear.
      const row = await app.db.selectFrom('totp').select('secret').executeTakeFirstOrThrow();
      expect(row.secret).not.toContain(secret);

      now += 60_000;
      const again = await come('WANG');
      expect(again.session.needs).toBe('secondFactor');
      const early = codeFor(secret, -1);
      expect(await again.person.code('POST', '/api/sign-in/code', { code: codeFor(secret, 2) })).toBe(
        'FIELDS',
      );
      expect(
        (await again.person.get(Session, 'POST', '/api/sign-in/code', { code: early })).account,
      ).not.toBeNull();
      // The same code is over, also in another browser.
      const other = await come('wang');
      expect(await other.person.code('POST', '/api/sign-in/code', { code: early })).toBe('FIELDS');
      expect(
        (await other.person.get(Session, 'POST', '/api/sign-in/code', { code: codes[0]!.toLowerCase() }))
          .needs,
      ).toBeNull();
      const third = await come('wang');
      expect(await third.person.code('POST', '/api/sign-in/code', { code: codes[0] })).toBe('FIELDS');
    });
  });

  describe('a password', () => {
    beforeAll(() => give('陈静', 'chenjing'));

    test('opens a session, in whatever form the same login is typed', async () => {
      const { session, person } = await come('  ＣｈｅｎＪing ');
      expect(session.account?.name).toBe('陈静');
      expect(await person.code('GET', '/api/account')).toBeNull();
    });

    test('that is wrong is answered like a login that is not there', async () => {
      const [wrong, unknown, blank] = [
        await tryIn('chenjing', 'not it', '10.9.0.1'),
        await tryIn('nobody', 'not it', '10.9.0.2'),
        await tryIn('马建国', 'not it', '10.9.0.3'),
      ].map(errorOf);
      expect([wrong, unknown, blank].map((error) => error?.code)).toEqual(Array(3).fill('SIGN_IN_WRONG'));
      expect(unknown).toEqual(wrong);
    });

    test.each(['', ' ', '\u202e陈静\u202c', '😀'.repeat(60), 'x'.repeat(500), "' or 1=1 --", '\ud800'])(
      'a login like %j is refused and breaks nothing',
      async (login) => {
        expect([400, 401]).toContain((await tryIn(login, '密码', '10.9.1.1')).status);
      },
    );

    test('of emoji and combining letters is the same however it is composed; one that is too long is refused', async () => {
      const { person } = await come('chenjing', '10.9.2.1');
      const password = '😀 café 山水之间 é';
      const change = { current: PASSWORD, password: password.normalize('NFD') };
      expect(
        await person.code('POST', '/api/account/password', { ...change, password: 'x'.repeat(900) }),
      ).toBe('BAD_REQUEST');
      expect(await person.code('POST', '/api/account/password', { ...change, current: 'no' })).toBe('FIELDS');
      expect(await person.code('POST', '/api/account/password', change)).toBeNull();
      expect((await tryIn('chenjing', password.normalize('NFC'), '10.9.2.1')).status).toBe(200);
      await give('陈静', 'chenjing');
    });

    test('is hashed anew when it was hashed at less cost', async () => {
      const id = await accountIdOf('陈静');
      const cheap = '$argon2id$v=19$m=8,t=1,p=1$';
      const config = Config.parse({
        signIn: { hashMemoryKib: 16, hashPasses: 1 },
        dataDir: app.parts.dataDir,
      });
      const dearer = signInParts({ ...parts, config });
      expect(await dearer.passwords.find('chenjing', PASSWORD)).toBe(id);
      const { hash } = await app.db
        .selectFrom('password')
        .select('hash')
        .where('account_id', '=', id)
        .executeTakeFirstOrThrow();
      expect([hash.startsWith(cheap), hash.includes('m=16,')]).toEqual([false, true]);
    });

    test('that is changed ends the other sessions; one session can be ended; all of them too', async () => {
      const [mine, other, third] = [await come('chenjing'), await come('chenjing'), await come('chenjing')];
      const { sessions } = await mine.person.get(OwnAccount, 'GET', '/api/account');
      expect(sessions.filter(({ current }) => current)).toHaveLength(1);
      const gone = sessions.find(({ id }) => id === third.session.sessionId)!;
      await mine.person.ask('DELETE', `/api/account/sessions/${gone.id}`);
      expect((await third.person.get(Session, 'GET', '/api/session')).account).toBeNull();
      await mine.person.ask('POST', '/api/account/password', {
        current: PASSWORD,
        password: '另一条小路 2032',
      });
      expect((await other.person.get(Session, 'GET', '/api/session')).account).toBeNull();
      expect((await mine.person.get(Session, 'GET', '/api/session')).account).not.toBeNull();
      await give('陈静', 'chenjing');
    });
  });

  describe('ten thousand attempts', () => {
    test('cost few hashes, whoever makes them wait; who was here before, or comes from elsewhere, comes in', async () => {
      await give('李秀兰', 'lixiulan');
      const home = await tryIn('lixiulan', PASSWORD, '10.1.1.1');
      const before = parts.hash.count;
      const attempt = async () => {
        const counters = [
          { rule: 'address', of: '6.6.6.6' },
          { rule: 'login', of: 'lixiulan' },
          { rule: 'pair', of: '6.6.6.6 lixiulan' },
        ] as const;
        const counted = await parts.attempts.begin(counters).catch(() => null);
        if (counted) await parts.passwords.find('lixiulan', 'wrong');
      };
      for (let round = 0; round < 100; round += 1) await Promise.all(Array.from({ length: 100 }, attempt));
      expect(parts.hash.count - before).toBeLessThan(10);
      const locked = errorOf(await tryIn('lixiulan', PASSWORD, '6.6.6.6'));
      expect([locked.code, locked.retryAfterMs! > 0]).toEqual(['SIGN_IN_LOCKED', true]);
      // The same for a login that is not there.
      for (let n = 0; n < 6; n += 1) await tryIn('nobody-here', 'x', '6.6.6.7');
      expect(errorOf(await tryIn('nobody-here', 'x', '6.6.6.7')).code).toBe('SIGN_IN_LOCKED');
      expect((await tryIn('lixiulan', PASSWORD, '10.1.1.2')).status).toBe(200);
      // Wrong from a hundred addresses: that login waits everywhere, but not where it is known.
      for (let n = 0; n < 40; n += 1) await tryIn('lixiulan', 'x', `10.2.${n}.1`);
      expect((await tryIn('lixiulan', PASSWORD, '10.1.1.3')).status).toBe(429);
      expect((await tryIn('lixiulan', PASSWORD, '10.1.1.1', cookiesOf(home))).status).toBe(200);
    });

    test('the wait grows, outlives the process and ends', async () => {
      const key = [{ rule: 'pair', of: 'growing' }] as const;
      const waits: number[] = [];
      for (let n = 0; n < 8; n += 1) {
        const { waitMs } = await parts.attempts.begin(key);
        waits.push(Math.round(waitMs / 1000));
        now += waitMs + 1;
      }
      expect(waits).toEqual([0, 0, 0, 0, 1, 2, 4, 8]);
      await parts.attempts.begin(key);
      const restarted = signInParts({
        ...parts,
        config: Config.parse({ dataDir: app.parts.dataDir }),
        now: () => now,
      });
      await expect(restarted.attempts.begin(key)).rejects.toMatchObject({ code: 'SIGN_IN_LOCKED' });
      now += 3_600_000;
      await (await restarted.attempts.begin(key)).succeeded();
      expect((await parts.attempts.begin(key)).waitMs).toBe(0);
    });
  });

  describe('somebody who helps others in', () => {
    let admin: TestPerson;
    beforeAll(async () => {
      admin = await app.signIn('王海燕').catch(() => app.signIn('马建国'));
      if (admin.account!.role !== 'administrator') admin = await app.signIn('马建国');
    });

    test('gives a link that sets a password once', async () => {
      const id = await accountIdOf('赵强');
      const { path } = await admin.get(AccessLink, 'POST', `/api/people/${id}/access/link`);
      const token = path.split('#')[1]!;
      const nobody = app.anonymous();
      expect((await nobody.ask('POST', '/api/sign-in/link/look', { token })).body).toMatchObject({
        name: '赵强',
        login: null,
      });
      const answer = await nobody.ask('POST', '/api/sign-in/link', {
        token,
        password: PASSWORD,
        login: 'zhaoqiang',
      });
      expect(Session.parse(answer.body).account?.name).toBe('赵强');
      expect(await nobody.code('POST', '/api/sign-in/link', { token, password: PASSWORD })).toBe(
        'LINK_INVALID',
      );
      expect((await come('zhaoqiang')).session.account?.name).toBe('赵强');
    });

    test('has nothing more of a link once somebody else made more of the person', async () => {
      const id = await accountIdOf('赵强');
      const link = async () => {
        const { path } = await admin.get(AccessLink, 'POST', `/api/people/${id}/access/link`);
        return path.split('#')[1]!;
      };
      const { organization_id: organizationId } = await app.db
        .selectFrom('account')
        .select('organization_id')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      const given = [{ role: 'researcher', organizationId }] as const;
      const grant = (account: TestPerson['account'], change: Partial<RoleChange>) =>
        app.db.transaction().execute((trx) =>
          applyRoles(trx, app.parts.audit, { account, address: '' }, id, {
            given: [],
            taken: [],
            ...change,
          }),
        );
      const look = async (token: string) => app.anonymous().code('POST', '/api/sign-in/link/look', { token });
      const token = await link();
      await grant(admin.account, { given: [...given] });
      expect(await look(token)).toBeNull();
      await grant(admin.account, { taken: [...given] });
      await grant((await app.signIn('陈静')).account, { given: [...given] });
      expect(await look(token)).toBe('LINK_INVALID');
      await grant(admin.account, { taken: [...given] });
    });

    test('switches somebody off at once, and on again', async () => {
      const id = await accountIdOf('赵强');
      const { person } = await come('zhaoqiang');
      const off = await admin.get(PersonAccess, 'POST', `/api/people/${id}/access/disable`);
      expect([off.disabledAt === null, off.sessions]).toEqual([false, 0]);
      expect((await person.get(Session, 'GET', '/api/session')).account).toBeNull();
      expect(errorOf(await tryIn('zhaoqiang')).code).toBe('SIGN_IN_WRONG');
      await admin.get(PersonAccess, 'POST', `/api/people/${id}/access/enable`);
      expect((await come('zhaoqiang')).session.account).not.toBeNull();
      expect(await admin.code('POST', `/api/people/${admin.accountId}/access/disable`)).not.toBeNull();
      expect(await person.code('GET', `/api/people/${id}/access`)).toBe('NOT_SIGNED_IN');
    });

    test('does not decide what passwords are like: that is another role', async () => {
      expect(await admin.code('GET', '/api/password-policy')).toBe('FORBIDDEN');
      const root = await app.db
        .selectFrom('organization')
        .select('id')
        .where('parent_id', 'is', null)
        .executeTakeFirstOrThrow();
      const id = await accountIdOf('林芳');
      await app.db.deleteFrom('account_role').where('account_id', '=', id).execute();
      await app.db
        .insertInto('account_role')
        .values({ account_id: id, organization_id: root.id, role: 'security' })
        .execute();
      const security = await app.signIn('林芳');
      const policy = await security.get(StoredPasswordPolicy, 'GET', '/api/password-policy');
      const stored = await security.get(StoredPasswordPolicy, 'PUT', '/api/password-policy', {
        ...policy,
        minLength: 12,
      });
      expect([stored.minLength, stored.version]).toEqual([12, 1]);
      expect(await security.code('PUT', '/api/password-policy', policy)).toBe('OVERTAKEN');
    });
  });

  test('all of it stands in the audit, and nothing of it tells a password', async () => {
    expect(new Set(await actions())).toEqual(
      new Set([
        ...['signIn.opened', 'signIn.failed', 'signIn.locked', 'signIn.ended', 'access.password'],
        ...['access.secondFactor', 'access.disabled', 'access.enabled', 'setting.changed'],
        ...['grant.given', 'grant.taken'],
      ]),
    );
    const details = await app.db.selectFrom('audit_entry').select('detail').execute();
    expect(JSON.stringify(details)).not.toContain('小路');
  });
});
