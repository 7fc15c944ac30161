import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { Config } from '#platform/config.ts';
import { PairingCode, RoomDevices } from '#protocol/device.ts';
import { Session } from '#protocol/session.ts';
import { TestApp } from '../../testing/app.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import { TestPerson } from '../../testing/person.ts';
import { browserOf } from './browser-name.ts';
import { deviceRoutes } from './device-routes.ts';
import { PairingTries } from './pairing-tries.ts';

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';

test('a browser is named after what it says of itself', () => {
  expect(browserOf(CHROME)).toBe('Chrome · Windows');
  expect(browserOf('curl/8')).toBe('');
});

// Dozens of requests and a real PostgreSQL, on a machine that does other things as well.
jest.setTimeout(30_000);

onBothDatabases('classroom devices', (open) => {
  let app: TestApp;
  let administrator: TestPerson;
  let roomId: string;
  beforeAll(async () => {
    app = await TestApp.open(
      (parts) => ({
        api: [deviceRoutes({ ...parts, config: Config.parse({ nodes: { secret: 'test' } }) } as never)],
      }),
      { open },
    );
    administrator = await app.signIn('马建国');
    roomId = (await app.signIn('石门教学点教室')).accountId;
  });
  afterAll(() => app.close());

  const openCode = () => administrator.get(PairingCode, 'POST', `/api/classrooms/${roomId}/pairing-code`);
  const list = () => administrator.get(RoomDevices, 'GET', `/api/classrooms/${roomId}/devices`);
  const forgetTries = () => app.db.deleteFrom('sign_in_failure').execute();
  const type = (code: string) => app.anonymous().ask('POST', '/api/pair', { code }, { 'user-agent': CHROME });
  /** A code that is not open. */
  const wrongOf = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

  async function pair(): Promise<TestPerson> {
    const { code } = await openCode();
    const answer = await type(`${code.slice(0, 3)} ${code.slice(3)}`);
    expect(answer.status).toBe(201);
    const { account } = Session.parse(answer.body);
    return new TestPerson(app.origin, account, answer.headers.get('set-cookie')!.split(';')[0]!);
  }

  test('a room becomes itself with a code that is typed once, for years, whatever its clock says', async () => {
    const { code } = await openCode();
    expect((await list()).codeExpiresAt).not.toBeNull();
    const answer = await type(code);
    expect(Session.parse(answer.body).account).toMatchObject({ accountId: roomId, role: 'classroom' });
    const cookie = answer.headers.get('set-cookie')!;
    expect(cookie).toMatch(/Max-Age=34560000/);
    expect(cookie).not.toMatch(/Expires/i);
    expect((await type(code)).status).toBe(403);
    const { codeExpiresAt, devices } = await list();
    expect(codeExpiresAt).toBeNull();
    expect(devices).toMatchObject([
      { name: 'Chrome · Windows', browser: 'Chrome · Windows', pairedByName: '马建国', revokedAt: null },
    ]);
    const session = await app.db
      .selectFrom('session')
      .select('expires_at')
      .where('device_id', '=', devices[0]!.deviceId)
      .executeTakeFirstOrThrow();
    expect(session.expires_at.getTime()).toBeGreaterThan(Date.now() + 9 * 365 * 86_400_000);
    await forgetTries();
  });

  test('a code ends with its time and with the next one', async () => {
    const first = await openCode();
    const second = await openCode();
    expect((await type(first.code)).status).toBe(first.code === second.code ? 201 : 403);
    await app.db
      .updateTable('device_pairing')
      .set({ expires_at: new Date(Date.now() - 1) })
      .execute();
    expect((await type(second.code)).status).toBe(403);
    const third = await openCode();
    expect(await administrator.code('DELETE', `/api/classrooms/${roomId}/pairing-code`)).toBeNull();
    expect((await type(third.code)).status).toBe(403);
    await forgetTries();
  });

  test('a revoked device is out with its next request; the audit knows both', async () => {
    const room = await pair();
    const { deviceId } = (await list()).devices.find(({ revokedAt }) => revokedAt === null)!;
    const renamed = await administrator.get(RoomDevices, 'PUT', `/api/devices/${deviceId}`, {
      name: ' 讲台 ',
    });
    expect(renamed.devices.find((known) => known.deviceId === deviceId)?.name).toBe('讲台');
    const token = room.cookie.slice('tc_session='.length);
    expect(await app.parts.accounts.sessions.read(token)).not.toBeNull();
    const after = await administrator.get(RoomDevices, 'DELETE', `/api/devices/${deviceId}`);
    expect(after.devices.at(-1)).toMatchObject({ deviceId, name: '讲台' });
    expect(await app.parts.accounts.sessions.read(token)).toBeNull();
    const entries = await app.db
      .selectFrom('audit_entry')
      .select(['action', 'account_name', 'detail'])
      .where('object_id', '=', deviceId)
      .orderBy('seq')
      .execute();
    expect(entries).toMatchObject([
      { action: 'device.paired', account_name: '石门教学点教室', detail: { openedBy: '马建国' } },
      { action: 'device.revoked', account_name: '马建国' },
    ]);
  });

  test('guessing is hopeless: ten wrong codes from a line, a hundred an hour from everywhere', async () => {
    await forgetTries();
    const { code } = await openCode();
    for (let wrong = 0; wrong < 10; wrong++) expect((await type(wrongOf(code))).status).toBe(403);
    const refused = await type(code);
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({ error: { retryAfterMs: expect.any(Number) } });
    const tries = new PairingTries(app.db);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 400 }, (_, n) => tries.take(`2001:db8:${n.toString(16)}::1`)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(90);
    await forgetTries();
    // However its addresses are written, one line's network is one.
    const hosts = Array.from({ length: 40 }, (_, n) => `2001:db8::${n.toString(16)}`);
    const alike = await Promise.allSettled(hosts.map((host) => tries.take(host)));
    expect(alike.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    await forgetTries();
  });

  test('only who administers the room opens codes; a foreign room is like none', async () => {
    const path = `/api/classrooms/${roomId}/pairing-code`;
    expect(await (await app.signIn('陈静')).code('POST', path)).toBe('FORBIDDEN');
    expect(await app.anonymous().code('POST', path)).toBe('NOT_SIGNED_IN');
    // The operator's are the rooms of their own school.
    const operator = await app.signIn('赵强');
    const codes = await Promise.all(
      ['AAAAAAAAAAAAAAAAAAAAAA', roomId].map((id) => operator.code('GET', `/api/classrooms/${id}/devices`)),
    );
    expect(codes).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    expect(await operator.code('DELETE', '/api/devices/AAAAAAAAAAAAAAAAAAAAAA')).toBe('NOT_FOUND');
  });
});
