import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { PairingCode, RoomDevices } from '#protocol/device.ts';
import type { Lesson } from '#protocol/domain.ts';
import { type Db, openDatabase } from '../signaling/src/database/database.ts';
import { planDemoLesson, seedWorld } from '../signaling/src/demo/seed.ts';
import { readSeedFile } from '../signaling/src/demo/seed-file.ts';
import { Api } from './harness/api.ts';
import { TestBrowser } from './harness/browser.ts';
import { Classroom, DEMO } from './harness/classroom.ts';
import { Platform } from './harness/platform.ts';

/*
 * A room's browser from its six digits to a lesson and out again, on a machine whose clock is a day behind; and another
 * room's, which goes into its lesson at the bell without a touch.
 */
let platform: Platform;
let browser: TestBrowser;
let administrator: Api;
let roomId: string;
let lesson: Lesson;
let page: Page;

const DAY_MS = 86_400_000;

async function ask(method: string, path: string): Promise<unknown> {
  const response = await fetch(new URL(path, platform.origin), {
    method,
    headers: { cookie: administrator.cookie },
  });
  expect(response.ok).toBe(true);
  return await response.json();
}

/** About as far ahead as a platform takes to start: where that takes longer, the bell has rung before anybody looks. */
const AHEAD_MS = 12_000;
let atTheBell: string;
let other: Classroom;

/** One more lesson, of the other room, that opens by itself. */
async function planOneAtTheBell(dataDir: string): Promise<void> {
  const seed = readSeedFile();
  const { db, close } = await openDatabase(join(dataDir, 'database'));
  await seedWorld(db, seed);
  atTheBell = await planDemoLesson(db, seed);
  const start = Date.now() + AHEAD_MS;
  const times = { planned_start: new Date(start), planned_end: new Date(start + 2_400_000) };
  await db
    .updateTable('lesson')
    .set({ ...times, auto_open: true })
    .where('id', '=', atTheBell)
    .execute();
  await db
    .deleteFrom('lesson_remote')
    .where('lesson_id', '=', atTheBell)
    .where('classroom_id', '=', (await account(db, DEMO.remoteClassroom)).id)
    .execute();
  await close();
}

const account = (db: Db, name: string) =>
  db.selectFrom('account').select('id').where('name', '=', name).executeTakeFirstOrThrow();

beforeAll(async () => {
  [platform, browser] = await Promise.all([Platform.start({}, planOneAtTheBell), TestBrowser.launch()]);
  // Its screen is on before the bell.
  const room = await Api.signIn(platform.origin, DEMO.otherClassroom);
  other = Classroom.at(await browser.page(room, '/room'), room, atTheBell);
  administrator = await Api.signIn(platform.origin, DEMO.administrator);
  roomId = (await Api.signIn(platform.origin, DEMO.remoteClassroom)).account!.accountId;
  lesson = await (await Api.signIn(platform.origin, DEMO.teacher)).planLesson();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await platform?.close();
});

describe('a classroom', () => {
  // First: the lesson that is opened below has this room in it, too, and would take it in.
  test('goes into its lesson at the bell without a touch, camera and microphone on', async () => {
    const { api: room, page: screen } = other;
    await screen.getByTestId('own-room').locator('video').waitFor();
    const feeds = await other.ownFeeds(2);
    expect(feeds.map(({ role }) => role).sort()).toEqual(['mic', 'pupils']);
    expect(await room.events(atTheBell, 'lesson.opened')).toEqual([
      { type: 'lesson.opened', byAccountId: null },
    ]);
  }, 300_000);

  test('becomes itself with six digits, and shows the lesson by the school’s clock', async () => {
    const { code } = PairingCode.parse(await ask('POST', `/api/classrooms/${roomId}/pairing-code`));
    const context = await browser.context(null);
    await context.addInitScript((wrong) => {
      const real = Date;
      const now = () => real.now() - wrong;
      globalThis.Date = class extends real {
        constructor(...given: unknown[]) {
          super(...((given.length > 0 ? given : [now()]) as [number]));
        }
        static override now = now;
      } as DateConstructor;
    }, DAY_MS);
    page = await context.newPage();
    await page.goto(`${platform.origin}/pair`);
    for (const digit of code) await page.getByRole('button', { name: digit, exact: true }).click();
    await page.getByTestId('room-screen').waitFor();
    // A day wrong, it would show yesterday's clock and wait for a lesson that has begun.
    await page.getByTestId(`enter-${lesson.lessonId}`).waitFor();
    const shown = await page.locator('time').first().textContent();
    const school = (at: number) =>
      new Intl.DateTimeFormat('en-US', {
        ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'Asia/Shanghai' },
      }).format(at);
    expect([school(Date.now()), school(Date.now() - 60_000)]).toContain(shown);
  }, 300_000);

  test('is one tap away from its lesson, and finds it again from the platform’s first address', async () => {
    await page.getByTestId(`enter-${lesson.lessonId}`).click();
    await page.getByTestId('waiting-room').waitFor();
    await page.goto(platform.origin);
    await page.getByTestId('room-screen').waitFor();
    expect(new URL(page.url()).pathname).toBe('/room');
  }, 300_000);

  test('comes back into it by itself when its browser was cut off', async () => {
    const context = page.context();
    // As a power cut ends it: nothing of the page is asked.
    await page.close();
    await (await Api.signIn(platform.origin, DEMO.teacher)).changeState(lesson.lessonId, 'open');
    page = await context.newPage();
    await page.goto(platform.origin);
    await page.getByTestId('own-room').locator('video').waitFor();
    expect(new URL(page.url()).pathname).toBe(`/lessons/${lesson.lessonId}`);
  }, 300_000);

  test('is out as soon as its device is revoked, and told what to do', async () => {
    const { devices } = RoomDevices.parse(await ask('GET', `/api/classrooms/${roomId}/devices`));
    expect(devices).toHaveLength(1);
    await ask('DELETE', `/api/devices/${devices[0]!.deviceId}`);
    await page.getByTestId('pair-page').waitFor();
    expect(new URL(page.url()).pathname).toBe('/pair');
    await page.close();
  }, 300_000);
});
