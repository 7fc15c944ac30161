import type { Page } from 'playwright-core';
import { Api } from '../../e2e/harness/api.ts';
import { TestBrowser } from '../../e2e/harness/browser.ts';
import { DEMO } from '../../e2e/harness/classroom.ts';
import { Platform } from '../../e2e/harness/platform.ts';
import type { Measured, Say } from '../figure.ts';

const KB = 1000;

/**
 * What a remote classroom's line carries until its pages stand: its own screen, and the lesson's page, each from an empty
 * browser, as Chromium counted it on the line (scripts, styles and answers, compressed as the server sent them). Over
 * HTTPS as in a school: Chromium takes Brotli nowhere else. What is fetched ahead afterwards is told beside it.
 */
export async function measure(say: Say): Promise<Measured> {
  const platform = await Platform.start({ TC_HTTPS_ENABLED: 'true' });
  const origin = `https://localhost:${platform.ports.https}`;
  const browser = await TestBrowser.launch();
  try {
    const teacher = await Api.signIn(platform.origin, DEMO.teacher);
    const room = await Api.signIn(platform.origin, DEMO.remoteClassroom);
    const { lessonId } = await teacher.planLesson();
    await teacher.changeState(lessonId, 'open');
    const screen = await loaded(browser, room, `${origin}/room`, 'room-screen');
    const lesson = await loaded(browser, room, `${origin}/lessons/${lessonId}`, 'stage-main');
    say(`its screen ${screen.bytes} bytes, the lesson's page ${lesson.bytes} bytes`);
    return {
      value: Math.max(screen.bytes, lesson.bytes) / KB,
      detail: {
        screenBytes: screen.bytes,
        lessonBytes: lesson.bytes,
        screenAllBytes: screen.allBytes,
        lessonAllBytes: lesson.allBytes,
        largest: lesson.largest,
      },
    };
  } finally {
    await browser.close();
    await platform.close();
  }
}

async function loaded(browser: TestBrowser, room: Api, address: string, testId: string) {
  const context = await browser.context(room, new URL(address).origin);
  const page = await context.newPage();
  const count = await counted(page);
  await page.goto(address);
  await page.getByTestId(testId).first().waitFor();
  const standing = count().length;
  await page.waitForLoadState('networkidle').catch(() => undefined);
  const files = count();
  await context.close();
  const sum = (some: typeof files) => some.reduce((total, file) => total + file.bytes, 0);
  return {
    bytes: sum(files.slice(0, standing)),
    allBytes: sum(files),
    largest: files.sort((a, b) => b.bytes - a.bytes).slice(0, 6),
  };
}

/** Pages, scripts, styles and answers; media comes by other ways. */
async function counted(page: Page): Promise<() => { name: string; bytes: number }[]> {
  const session = await page.context().newCDPSession(page);
  const names = new Map<string, string>();
  const files: { name: string; bytes: number }[] = [];
  await session.send('Network.enable');
  session.on('Network.requestWillBeSent', ({ requestId, request }) =>
    names.set(requestId, new URL(request.url).pathname),
  );
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    files.push({ name: names.get(requestId) ?? '', bytes: encodedDataLength });
  });
  return () => files;
}
