import type { CDPSession, Page } from 'playwright-core';
import { handMadePdf } from '#platform/testing/hand-made-pdf.ts';
import { Api } from '../../e2e/harness/api.ts';
import { TestBrowser } from '../../e2e/harness/browser.ts';
import { DEMO } from '../../e2e/harness/classroom.ts';
import { Platform } from '../../e2e/harness/platform.ts';
import { SocketClient } from '../../e2e/harness/socket-client.ts';
import type { Measured, Say } from '../figure.ts';
import { median } from '../statistics.ts';

const PAGES = 12;

/**
 * What a turned page costs on the line of one remote classroom that has the file: all that its page receives, by
 * socket and by HTTP, from one turn to the next. For comparison: one key frame of a shared screen is some 100 kB.
 */
export async function measure(say: Say): Promise<Measured> {
  const platform = await Platform.start();
  const browser = await TestBrowser.launch();
  try {
    const teacher = await Api.signIn(platform.origin, DEMO.teacher);
    const remote = await Api.signIn(platform.origin, DEMO.remoteClassroom);
    const { lessonId } = await teacher.planLesson();
    await teacher.changeState(lessonId, 'open');
    const client = await SocketClient.connect(teacher);
    await client.join(lessonId);
    const file = handMadePdf(Array.from({ length: PAGES }, (_, index) => `Page ${index + 1}`));
    await teacher.upload(lessonId, file, { name: 'lesson.pdf' });
    await client.ask({ type: 'board.show', shown: true });
    const page = await browser.page(remote, `/lessons/${lessonId}`);
    await painted(page, 1);
    const [added] = await teacher.events(lessonId, 'board.pagesAdded');
    const received = await countReceived(page);
    const samples: number[] = [];
    for (const [index, { pageId }] of added!.pages.entries()) {
      if (index === 0) continue;
      const before = received();
      await client.ask({ type: 'board.turn', pageId });
      await painted(page, index + 1);
      samples.push(received() - before);
    }
    client.close();
    say(`${samples.length} turns: ${samples.join(', ')} bytes`);
    return {
      value: median(samples),
      detail: { worst: Math.max(...samples), turns: samples.length, fileBytes: file.length, all: samples },
    };
  } finally {
    await browser.close();
    await platform.close();
  }
}

const painted = (page: Page, number: number) =>
  page.locator(`[data-testid=board-page] [data-painted="${number}"]`).waitFor();

/** Bytes that the page has received since: socket frames with their heads, and HTTP as it crossed the line. */
async function countReceived(page: Page): Promise<() => number> {
  const session: CDPSession = await page.context().newCDPSession(page);
  let bytes = 0;
  await session.send('Network.enable');
  session.on('Network.webSocketFrameReceived', ({ response }) => {
    const length = Buffer.byteLength(response.payloadData);
    bytes += length + (length < 126 ? 2 : 4);
  });
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  return () => bytes;
}
