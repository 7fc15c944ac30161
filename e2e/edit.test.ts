import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { newId } from '#platform/ids.ts';
import { EditDesk, Saved } from '#protocol/edit-rest.ts';
import { EditService } from '../signaling/src/edit/edit-service.ts';
import { EditSources } from '../signaling/src/edit/edit-sources.ts';
import { editBodies, editRoutes } from '../signaling/src/http/edit-routes.ts';
import { sessionRoutes } from '../signaling/src/http/session-routes.ts';
import { signedRoutes } from '../signaling/src/http/signed-routes.ts';
import { TestApp } from '../signaling/testing/app.ts';
import type { TestPerson } from '../signaling/testing/person.ts';
import { TestBrowser } from './harness/browser.ts';
import { playableLesson } from './harness/recorded-lesson.ts';
import { until } from './harness/until.ts';

/* A recorded lesson at the editing desk: by keyboard and by touch, played as it was cut, saved by itself. */
const LENGTH_MS = 60_000;
const WEB = fileURLToPath(new URL('../web-client/dist', import.meta.url));
let app: TestApp;
let browser: TestBrowser;
let teacher: TestPerson;
let lesson: Awaited<ReturnType<typeof playableLesson>>;
let page: Page;

beforeAll(async () => {
  const opened = TestApp.open(
    ({ db, audit, resources, access, accounts, timelines, serving, blobs }) => {
      const sources = new EditSources(db, resources, timelines, (one) => serving.replays.ofLesson(one));
      return {
        api: [
          sessionRoutes(accounts, audit, true),
          editRoutes(new EditService(db, resources, access, sources)),
        ],
        large: [editBodies()],
        media: [signedRoutes(serving.addresses, blobs, serving.programmes)],
      };
    },
    { webRoot: WEB },
  );
  [app, browser] = await Promise.all([opened, TestBrowser.launch()]);
  teacher = await app.signIn('陈静');
  const [face, room] = [newId(), newId()];
  lesson = await playableLesson(app, {
    durationMs: LENGTH_MS,
    feeds: [
      { role: 'teacher', participantId: face, size: [320, 180] },
      { role: 'pupils', participantId: room, size: [160, 90] },
      { role: 'mic', participantId: face },
    ],
  });
  page = await browser.page(teacher, `/resources/${lesson.resourceId}/edit`);
  await page.getByTestId('edit-leader').waitFor();
  await page.waitForFunction(() => {
    const video = document.querySelector<HTMLVideoElement>('[data-testid="edit-leader"]');
    return video !== null && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
  });
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
const times = (count: number, key: string) => Array.from({ length: count }, () => key);
const clips = async () => await page.getByTestId(/^clip-row-/).count();
const saved = () => page.locator('[data-testid="save-state"][data-state="saved"]').waitFor();
const desk = async (id = lesson.resourceId, who = teacher) =>
  (await who.get(EditDesk, 'GET', `/api/resources/${id}/edit`)).resource;
const seconds = ({ programme }: Awaited<ReturnType<typeof desk>>) =>
  programme.clips.map(({ fromMs, toMs }) => [Math.round(fromMs / 1000), Math.round(toMs / 1000)]);

test('by keyboard: the head is trimmed, the middle cut out, taken back and cut out again, and divided', async () => {
  await press('Home', ...times(5, 'ArrowRight'), '[');
  await press(...times(5, 'ArrowRight'), 'i', ...times(10, 'ArrowRight'), 'o', 'Delete');
  expect(await clips()).toBe(2);
  await press('Control+z');
  expect(await clips()).toBe(1);
  await press('Control+Shift+Z');
  await press(...times(10, 'ArrowRight'), 's');
  expect(await clips()).toBe(3);
  await until('the platform has it', async () => seconds(await desk()).length === 3);
  expect(seconds(await desk())).toEqual([
    [5, 10],
    [20, 30],
    [30, 60],
  ]);
  await saved();
});

test('it plays as it was cut: what was cut out is jumped over', async () => {
  await press('Home', ...times(9, 'ArrowRight'));
  await page.waitForFunction(() => {
    const video = document.querySelector<HTMLVideoElement>('[data-testid="edit-leader"]')!;
    return !video.seeking && Math.abs(video.currentTime - 9) < 0.2;
  });
  const seen = page.evaluate(async () => {
    const video = document.querySelector<HTMLVideoElement>('[data-testid="edit-leader"]')!;
    const shown = [video.currentTime];
    while (shown.at(-1)! < 20) {
      await new Promise(requestAnimationFrame);
      if (!video.seeking) shown.push(video.currentTime);
    }
    return shown;
  });
  await page.getByTestId('edit-play').click();
  const shown = await seen;
  await page.getByTestId('edit-play').click();
  // From the first clip's end to the second's beginning in one step; played through, steps are pictures.
  const longest = Math.max(...shown.slice(1).map((at, index) => at - shown[index]!));
  expect(longest).toBeGreaterThan(8);
});

test('the cut is made anew by number keys, and the pupils are hidden from it', async () => {
  await page.getByTestId('tab-cut').click();
  await press('Home', ...times(25, 'ArrowRight'), '2');
  const pupils = lesson.tracks[1]!.trackId;
  await until('the cut is saved', async () => (await desk()).programme.shots !== null);
  expect((await desk()).programme.shots!.at(-1)).toMatchObject({ layout: 'single', feedIds: [pupils] });
  const large = page.locator('[data-testid="picture-2"][aria-pressed="true"]');
  await large.waitFor();
  await page.getByTestId(`hide-${pupils}`).check();
  // Viewers are then shown the teacher instead.
  await page.locator('[data-testid="picture-1"][aria-pressed="true"]').waitFor();
  await until('it is hidden', async () => (await desk()).programme.hiddenTrackIds[0] === pupils);
  await page.getByTestId('live-cut').click();
  await until('the live cut is back', async () => (await desk()).programme.shots === null);
});

test('each part becomes a micro-video, a draft of its own that opens at the desk', async () => {
  await page.getByTestId('tab-micro').click();
  await page.getByTestId('micro-clips').click();
  await page.getByTestId('part-2').getByRole('textbox').fill('What would you like?');
  await page.getByTestId('micro-make').click();
  const made = page
    .getByTestId('micro-made')
    .getByRole('link', { name: 'What would you like?', exact: true });
  const id = (await made.getAttribute('href'))!.split('/')[2]!;
  const micro = await desk(id);
  expect(micro).toMatchObject({ kind: 'microVideo', state: 'draft', title: 'What would you like?' });
  expect(seconds(micro)).toEqual([[20, 30]]);
});

test('who is overtaken hears by whom, loses nothing and chooses', async () => {
  await page.getByTestId('tab-clips').click();
  await saved();
  const operator = await app.signIn('赵强');
  const { version, programme } = await desk(lesson.resourceId, operator);
  const theirs = { ...programme, clips: programme.clips.slice(0, 1) };
  await operator.get(Saved, 'PUT', `/api/resources/${lesson.resourceId}/programme`, {
    seen: version,
    programme: theirs,
  });
  await page.getByTestId('clip-remove-3').click();
  await page.getByTestId('overtaken').getByText('赵强').waitFor();
  expect(await clips()).toBe(2);
  expect(seconds(await desk())).toEqual([[5, 10]]);
  await page.getByTestId('keep-mine').click();
  await saved();
  expect(seconds(await desk())).toEqual([
    [5, 10],
    [20, 30],
  ]);
  await page.getByTestId('tab-versions').click();
  await page.getByTestId(`restore-${version + 1}`).click();
  await until('theirs is back', async () => seconds(await desk()).length === 1);
  await press('Control+z');
  await until('mine is back', async () => seconds(await desk()).length === 2);
});

test('leaving the page at once loses nothing, and what a crash left unsaved is found again', async () => {
  await saved();
  await page.getByTestId('tab-clips').click();
  await page.getByTestId('clip-remove-2').click();
  await page.goto('about:blank');
  await page.goto(`${app.origin}/resources/${lesson.resourceId}/edit`);
  await until('it is saved', async () => seconds(await desk()).length === 1);
  await saved();
  // As a page leaves it that could send nothing any more.
  const { version: seen, programme } = await desk();
  const unsaved = { seen, programme: { ...programme, clips: [{ ...programme.clips[0]!, toMs: 8_000 }] } };
  const key = `edit.${teacher.accountId}.${lesson.resourceId}`;
  await page.goto(`${app.origin}/sign-in`);
  await page.evaluate(([name, value]) => localStorage.setItem(name!, value!), [key, JSON.stringify(unsaved)]);
  await page.goto(`${app.origin}/resources/${lesson.resourceId}/edit`);
  await until('it is found and saved', async () => seconds(await desk())[0]![1] === 8);
  await saved();
  await page.getByTestId('undo').click();
  await until('it is taken back', async () => seconds(await desk())[0]![1] === 10);
});
