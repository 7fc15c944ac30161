import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Lesson } from '#protocol/domain.ts';
import { Api } from './harness/api.ts';
import { TestBrowser } from './harness/browser.ts';
import { Classroom, DEMO } from './harness/classroom.ts';
import { LINE_ADDRESS, Line } from './harness/line.ts';
import { Platform } from './harness/platform.ts';
import { devicesInUse, holdCamera, untilMoving } from './harness/probe.ts';
import { chirpingRoom, silentRoom } from './harness/sounds.ts';
import { until } from './harness/until.ts';

/*
 * The check before the bell and the lights in a lesson, with a real browser, media node and line. What the
 * microphone hears is a file: one room whose microphone hears the tones, one whose microphone is dead.
 */
let platform: Platform;
let line: Line;
let origin: string;
let browser: TestBrowser | null = null;
const folder = mkdtempSync(join(tmpdir(), 'three-classrooms-sounds-'));

const plan = async (): Promise<Lesson> => (await Api.signIn(platform.origin, DEMO.teacher)).planLesson();

async function useRoom(sounds: string): Promise<TestBrowser> {
  browser = await TestBrowser.launch([`--use-file-for-fake-audio-capture=${sounds}`]);
  return browser;
}

async function openCheck(path: string): Promise<Page> {
  const api = await Api.signIn(platform.origin, DEMO.remoteClassroom);
  return await browser!.page(api, path, origin);
}

/** Waits for the end of the check that runs by itself, and returns the code of each item. */
async function codes(page: Page): Promise<Record<string, string | undefined>> {
  await page.locator('[data-testid=check-overall][data-state=done]').waitFor({ timeout: 120_000 });
  const found = await page.locator('[data-testid^=check-][data-code]').evaluateAll((rows) =>
    rows.map((row) => {
      const { testid = '', code } = (row as HTMLElement).dataset;
      return [testid.replace(/^check-(item-)?/, ''), code] as const;
    }),
  );
  return Object.fromEntries(found);
}

/** When this room last finished a check, as its machine remembers it. */
const rememberedAt = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const key = Object.keys(localStorage).find((name) => name.startsWith('check.'));
    return JSON.parse(localStorage.getItem(key ?? '') ?? '{"at":0}').at as number;
  });

beforeAll(async () => {
  // Media goes to the line's address and from there on to the sfu.
  platform = await Platform.start({ TC_SFU_ANNOUNCED_ADDRESS: LINE_ADDRESS });
  line = await Line.open({ tcp: [platform.ports.http, platform.ports.sfu], udp: platform.ports.sfu });
  origin = `http://${LINE_ADDRESS}:${platform.ports.http}`;
}, 300_000);

afterEach(async () => {
  line.mend();
  await browser?.close();
  browser = null;
});

afterAll(async () => {
  await browser?.close();
  line?.close();
  await platform?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the check before the bell', () => {
  test('sees the camera, hears the tones come back, and sends over UDP and TCP', async () => {
    await useRoom(chirpingRoom(folder));
    const lesson = await plan();
    const page = await openCheck(`/lessons/${lesson.lessonId}/check`);
    const found = await codes(page);
    expect(found).toMatchObject({ camera: 'OK', mic: 'OK', udp: 'OK', tcp: 'OK' });
    // How loud the echo is after the browser has worked on it is the browser's; that it was heard is ours.
    expect(found.loop).not.toMatch(/LOOP_NOT_HEARD|LOOP_NO_MIC|SOUND_BLOCKED/);
    expect(found).toHaveProperty('rate');
    expect(await devicesInUse(page)).toBe(0);

    const api = await Api.signIn(platform.origin, DEMO.teacher);
    const [told] = await until('the lesson is told', async () => {
      const events = await api.events(lesson.lessonId, 'check.finished');
      return events.length > 0 && events;
    });
    expect(told!.items.map(({ item }) => item).sort()).toEqual([
      'camera',
      'loop',
      'mic',
      'rate',
      'tcp',
      'udp',
    ]);
    // It is nobody's seat, and no other room's business.
    expect(await api.events(lesson.lessonId, 'participant.joined')).toEqual([]);
    const other = await Api.signIn(platform.origin, DEMO.otherClassroom);
    expect(await other.events(lesson.lessonId, 'check.finished')).toEqual([]);
  }, 300_000);

  test('finds a dead microphone, says what to do, and is repeated for one thing alone', async () => {
    await useRoom(silentRoom(folder));
    const page = await openCheck('/check');
    expect(await codes(page)).toMatchObject({
      camera: 'OK',
      mic: 'MIC_SILENT',
      loop: 'LOOP_NO_MIC',
      udp: 'OK',
    });
    const mic = page.getByTestId('check-mic');
    expect(await mic.getAttribute('data-light')).toBe('red');
    expect(await mic.textContent()).toContain('MIC_SILENT');

    const before = await rememberedAt(page);
    await page.getByTestId('check-again-camera').click();
    await until('the camera was checked again', async () => (await rememberedAt(page)) > before);
    expect(await codes(page)).toMatchObject({ camera: 'OK', mic: 'MIC_SILENT' });

    await page.reload();
    await page.getByTestId('check-stop').click();
    // What was found before stays until it is found again.
    expect(await page.getByTestId('check-network').getAttribute('data-light')).not.toBeNull();
    await until('the devices are let go', async () => (await devicesInUse(page)) === 0);
  }, 300_000);

  test('finds a firewall that lets only TCP through', async () => {
    line.blockUdp();
    await useRoom(silentRoom(folder));
    const page = await openCheck('/check');
    expect(await codes(page)).toMatchObject({ udp: 'UDP_BLOCKED', tcp: 'OK' });
    expect(await page.getByTestId('check-item-udp').getAttribute('data-light')).toBe('amber');
    expect(await page.getByTestId('check-item-udp').textContent()).toContain('UDP');
  }, 300_000);

  test('runs by itself in a room that waits, and the teacher sees its light before anybody is in', async () => {
    await useRoom(silentRoom(folder));
    const lesson = await plan();
    const remote = await Classroom.enter(browser!, platform.origin, DEMO.remoteClassroom, lesson, origin);
    await remote.page.getByTestId('waiting-room').waitFor();
    await remote.page.locator('[data-testid=mark-mic][data-code=MIC_SILENT]').waitFor();
    await until('the lesson is told', async () => {
      const api = await Api.signIn(platform.origin, DEMO.teacher);
      return (await api.events(lesson.lessonId, 'check.finished')).length > 0;
    });
    await remote.close();

    const presenter = await Classroom.enter(browser!, platform.origin, DEMO.masterClassroom, lesson, origin);
    const light = presenter.page.getByTestId(`light-${remote.api.account!.accountId}`);
    await light.locator('[data-light=red]').waitFor();
    await light.click();
    await presenter.page.getByTestId('check-summary').getByText('Microphone', { exact: true }).waitFor();

    // The console, which waits for nobody, checks what makes no sound from its own seat.
    const own = await until('the console has checked itself', async () => {
      const events = await presenter.api.events(lesson.lessonId, 'check.finished');
      return events.find(({ accountId }) => accountId === presenter.api.account!.accountId);
    });
    expect(own.items).toContainEqual({ item: 'mic', light: 'red', code: 'MIC_SILENT' });
    expect(own.items.map(({ item }) => item)).not.toContain('loop');
  }, 300_000);
});

describe('in a lesson', () => {
  test('the light of a room turns when its picture stops, and back when it comes again', async () => {
    await useRoom(chirpingRoom(folder));
    const lesson = await plan();
    const presenter = await Classroom.enter(browser!, platform.origin, DEMO.masterClassroom, lesson, origin);
    await presenter.startLesson();
    const remote = await Classroom.enter(browser!, platform.origin, DEMO.remoteClassroom, lesson, origin);
    await untilMoving('the pupils at the teacher', presenter.tileVideo(DEMO.remoteClassroom));
    const light = presenter.page.getByTestId(`light-${remote.api.account!.accountId}`);
    // A busy machine may make a line look weak; that nothing is missing is what counts.
    await light.locator('[data-light=green], [data-light=amber]').waitFor({ timeout: 75_000 });

    const letGo = await holdCamera(remote.page);
    await light.locator('[data-light=red]').waitFor({ timeout: 75_000 });
    await light.click();
    const sheet = presenter.page.getByTestId('room-sheet');
    await sheet.getByText('Ask them to check its cable').waitFor();

    await letGo();
    await light.locator('[data-light=green], [data-light=amber]').waitFor({ timeout: 75_000 });
    const samples = await presenter.api.events(lesson.lessonId, 'quality.sampled');
    expect(samples.map(({ cause }) => cause)).toContain('SENDS_NO_PICTURE');
    expect(await remote.api.events(lesson.lessonId, 'quality.sampled')).toEqual([]);
  }, 300_000);
});
