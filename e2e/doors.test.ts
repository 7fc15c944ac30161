import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Lesson } from '#protocol/domain.ts';
import { Api } from './harness/api.ts';
import { INSECURE_HOST, TestBrowser } from './harness/browser.ts';
import { Classroom, DEMO } from './harness/classroom.ts';
import { Platform } from './harness/platform.ts';
import { devicesInUse, untilMoving } from './harness/probe.ts';

/* The ways in: plain HTTP on this machine, HTTPS with a certificate made at first start, and the wrong one. */
let platform: Platform;
let browser: TestBrowser;
let lesson: Lesson;

const isSecure = (page: Page) => page.evaluate(() => isSecureContext);

beforeAll(async () => {
  [platform, browser] = await Promise.all([
    Platform.start({ TC_HTTPS_ENABLED: 'true' }),
    TestBrowser.launch(),
  ]);
  lesson = await (await Api.signIn(platform.origin, DEMO.teacher)).planLesson();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await platform?.close();
});

test('HTTPS with the self-made certificate gives a secure page with camera and socket', async () => {
  const origin = `https://localhost:${platform.ports.https}`;
  const presenter = await Classroom.enter(browser, platform.origin, DEMO.masterClassroom, lesson, origin);
  await presenter.startLesson();
  await presenter.ownFeeds(2);
  expect(await isSecure(presenter.page)).toBe(true);
  expect(await devicesInUse(presenter.page)).toBe(2);
  await untilMoving('the teacher in her own preview', presenter.mainVideo);
  await presenter.close();
}, 300_000);

test('a cookie that HTTPS sets is never sent over plain HTTP', async () => {
  const page = await browser.page(null, '/sign-in', `https://localhost:${platform.ports.https}`);
  await page.getByTestId(`account-${DEMO.assistant}`).click();
  await page.getByTestId(`lesson-${lesson.lessonId}`).waitFor();
  const cookie = (await page.context().cookies()).find(({ name }) => name === 'tc_session');
  expect(cookie).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Lax' });
  await page.context().close();
}, 300_000);

test('an insecure page says so, and where its secure twin is', async () => {
  const origin = `http://${INSECURE_HOST}:${platform.ports.http}`;
  const remote = await Classroom.enter(browser, platform.origin, DEMO.remoteClassroom, lesson, origin);
  const twin = remote.page.locator(
    `a[href^="https://"][href*=":${platform.ports.https}/lessons/${lesson.lessonId}"]`,
  );
  await twin.first().waitFor();
  expect(await isSecure(remote.page)).toBe(false);
  await remote.close();
}, 300_000);

test('whoever only watches may do so on an insecure page', async () => {
  const presenter = await Classroom.enter(browser, platform.origin, DEMO.masterClassroom, lesson);
  await presenter.ownFeeds(2);
  const origin = `http://${INSECURE_HOST}:${platform.ports.http}`;
  const observer = await Classroom.enter(browser, platform.origin, DEMO.researcher, lesson, origin);
  await untilMoving('the teacher at the observer', observer.mainVideo);
  expect(await isSecure(observer.page)).toBe(false);
}, 300_000);
