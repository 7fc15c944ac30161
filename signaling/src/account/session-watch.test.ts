import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import { Config } from '#platform/config.ts';
import { createLogger } from '#platform/logger.ts';
import type { TestPostgres } from '#platform/testing/postgres.ts';
import { CHECK_NAMESPACE } from '#protocol/check-socket.ts';
import { LESSON_NAMESPACE } from '#protocol/lesson-socket.ts';
import { OFFICE_NAMESPACE, OfficeMessage } from '#protocol/notice.ts';
import { MIGRATED, startMigratedPostgres } from '../../testing/migrated-template.ts';
import { TestPerson } from '../../testing/person.ts';
import { type OpenDatabase, openDatabase } from '../database/database.ts';
import { planDemoLesson } from '../demo/seed.ts';
import { readSeedFile } from '../demo/seed-file.ts';
import { hasSeen, tell, withdraw } from '../notice/tell.ts';
import { type Signaling, startSignaling } from '../signaling.ts';
import { AccountRepository } from './account-repository.ts';

/* What is open when a session ends, on signaling as it is started; the test is the second process on its database. */

let server: TestPostgres;
let database: OpenDatabase;
let signaling: Signaling;
let accounts: AccountRepository;
let accountId: string;
let lessonId: string;
const dataDir = mkdtempSync(join(tmpdir(), 'watch-'));

beforeAll(async () => {
  server = await startMigratedPostgres();
  const url = await server.create(MIGRATED);
  database = await openDatabase({ url, connections: 3 });
  const config = Config.parse({
    ...{ dataDir, database: { url }, http: { port: 0 }, https: { enabled: false }, nodes: { secret: 'x' } },
  });
  const logger = createLogger('watch', process.env.TC_LOG_LEVEL ?? 'silent');
  signaling = await startSignaling({ config, logger, playDemo: null });
  accounts = new AccountRepository(database.db, 1);
  lessonId = await planDemoLesson(database.db, readSeedFile());
  accountId = (await accounts.all()).find(({ name }) => name === '陈静')!.accountId;
}, 60_000);
afterAll(async () => {
  await signaling?.close();
  await database?.close();
  await server?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Seated {
  person: TestPerson;
  sessionId: string;
  lesson: Socket;
  check: Socket;
  office: Socket;
  /** What the office's line says, one after the other. */
  said: OfficeMessage[];
  /** Why the lesson's line was closed, once it is. */
  ended: Promise<string>;
  gone: Promise<unknown>;
}

let seated: Seated;
beforeEach(async () => {
  const { token, sessionId } = await accounts.sessions.open(accountId, { way: 'demo', strong: true });
  const origin = `http://127.0.0.1:${signaling.httpPort}`;
  const person = new TestPerson(origin, null, `tc_session=${token}`);
  const dial = (namespace: string) =>
    io(`${origin}${namespace}`, {
      ...{ transports: ['websocket'], extraHeaders: { cookie: person.cookie } },
      ...{ reconnection: false, forceNew: true },
    });
  const lines = [dial(LESSON_NAMESPACE), dial(CHECK_NAMESPACE), dial(OFFICE_NAMESPACE)] as const;
  const [lesson, check, office] = lines;
  const said: OfficeMessage[] = [];
  office.on('message', (message) => said.push(OfficeMessage.parse(message)));
  await Promise.all(
    lines.map((socket) => new Promise((resolve) => socket.once('connect', () => resolve(0)))),
  );
  const join = { type: 'join', lessonId, afterSeq: 0, resumeKey: null };
  expect(await lesson.emitWithAck('request', join)).toMatchObject({ ok: true });
  const ended = new Promise<string>((resolve) =>
    lesson.on('message', (message) => message.type === 'session.ended' && resolve(message.reason)),
  );
  const closed = (socket: Socket) => new Promise((resolve) => socket.once('disconnect', resolve));
  seated = { person, sessionId, lesson, check, office, said, ended, gone: Promise.all(lines.map(closed)) };
});

/** The seat is given up on the timeline, not only left for a while. */
async function isEmptied(): Promise<void> {
  const last = async () =>
    (
      await database.db
        .selectFrom('timeline_event')
        .select('body')
        .where('lesson_id', '=', lessonId)
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirstOrThrow()
    ).body.type;
  while ((await last()) !== 'participant.left') await new Promise((resolve) => setTimeout(resolve, 20));
}

test('signing out closes every line of the session and empties the seat', async () => {
  await seated.person.ask('DELETE', '/api/session');
  expect(await seated.ended).toBe('signedOut');
  await seated.gone;
  await isEmptied();
});

test('so does what another process ends', async () => {
  await accounts.endSessions({ sessionId: seated.sessionId }, 'elsewhere');
  expect(await seated.ended).toBe('elsewhere');
  await seated.gone;
  expect(seated.said.at(-1)).toEqual({ type: 'session.ended', reason: 'elsewhere' });
  await isEmptied();
});

test('an office page hears at once of a notice that another process wrote, and of its reading', async () => {
  const heard = async (unread: number) => {
    const last = () => seated.said.findLast((message) => message.type === 'notices');
    while (last()?.unread !== unread) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  await heard(0);
  const body = { kind: 'lessons' as const, made: 1, changed: 0, removed: 0, from: 0 };
  await tell(database.db, [{ accountId, part: 'teacher', matter: 'lessons x', by: null, body }]);
  await heard(1);
  await tell(database.db, [{ accountId, part: 'teacher', matter: 'lessons y', by: null, body }]);
  await heard(2);
  await withdraw(database.db, 'lessons y', [accountId]);
  await heard(1);
  await hasSeen(database.db, 'lessons x', accountId);
  await heard(0);
  expect(seated.said.every(({ type }) => type === 'notices')).toBe(true);
  seated.office.disconnect();
  seated.lesson.disconnect();
  seated.check.disconnect();
});

test('so does switching the account off, by whatever hand', async () => {
  const set = (disabled_at: Date | null) =>
    database.db.updateTable('account').set({ disabled_at }).where('id', '=', accountId).execute();
  await set(new Date());
  expect(await seated.ended).toBe('disabled');
  await seated.gone;
  await isEmptied();
  expect(await seated.person.code('GET', '/api/lessons')).toBe('NOT_SIGNED_IN');
  await set(null);
});

test('so does another role', async () => {
  const account = (await accounts.find(accountId))!;
  const row = { account_id: accountId, organization_id: account.organizationId, role: 'assistant' as const };
  await database.db.insertInto('account_role').values(row).execute();
  const choice = { role: 'assistant', organizationId: account.organizationId };
  expect((await seated.person.ask('POST', '/api/session/role', choice)).status).toBe(200);
  expect(await seated.ended).toBe('role');
  await seated.gone;
  await isEmptied();
});

test('who waits in a lesson that is called off is told why and put out', async () => {
  const told = new Promise((resolve) =>
    seated.lesson.on('message', (message) => message.type === 'calledOff' && resolve(message)),
  );
  const set = (cancelled_at: Date | null, cancel_reason: string | null) =>
    database.db
      .updateTable('lesson')
      .set({ cancelled_at, cancel_reason })
      .where('id', '=', lessonId)
      .execute();
  await set(new Date(), '停电');
  expect(await told).toEqual({ type: 'calledOff', reason: '停电', movedTo: null });
  await isEmptied();
  await set(null, null);
  for (const socket of [seated.lesson, seated.check, seated.office]) socket.disconnect();
});

test('a seat whose line was cut is emptied too: its media may still flow', async () => {
  seated.lesson.disconnect();
  await new Promise((resolve) => setTimeout(resolve, 50));
  await accounts.endSessions({ sessionId: seated.sessionId }, 'elsewhere');
  await isEmptied();
});
