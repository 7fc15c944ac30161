import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { handMadePdf } from '#platform/testing/hand-made-pdf.ts';
import { handMadeZip, SLIDES } from '#platform/testing/hand-made-zip.ts';
import type { Lesson } from '#protocol/domain.ts';
import { projectLive } from '#protocol/live-state.ts';
import { Api, codeOf } from './harness/api.ts';
import { BoardScreen, type Spot } from './harness/board-screen.ts';
import { SLOW_CAMERAS, TestBrowser } from './harness/browser.ts';
import { Classroom, DEMO } from './harness/classroom.ts';
import { makeFilm } from './harness/film.ts';
import { Platform } from './harness/platform.ts';
import { SocketClient } from './harness/socket-client.ts';
import { until } from './harness/until.ts';

/*
 * One lesson at the board, in the order in which it happens: each step goes on where the one before ended.
 */
let platform: Platform;
let browser: TestBrowser;
let lesson: Lesson;
let presenter: Classroom;
let remote: Classroom;
let desk: BoardScreen;
let room: BoardScreen;
let folder: string;

const UPPER: Spot[] = [
  [0.2, 0.2],
  [0.5, 0.2],
  [0.8, 0.2],
];
const LOWER: Spot[] = [
  [0.2, 0.6],
  [0.5, 0.6],
  [0.8, 0.6],
];
const ON_UPPER: Spot = [0.5, 0.2];
const ON_LOWER: Spot = [0.5, 0.6];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'three-classrooms-board-'));
  [platform, browser] = await Promise.all([
    // Slides are another matter: what this server says about them when it cannot make pages of them is.
    Platform.start({ LIBREOFFICE_BIN: join(folder, 'nowhere'), TC_COURSEWARE_MAX_MEGABYTES: '4' }),
    TestBrowser.launch([SLOW_CAMERAS]),
  ]);
  lesson = await (await Api.signIn(platform.origin, DEMO.teacher)).planLesson();
  presenter = await Classroom.enter(browser, platform.origin, DEMO.teacher, lesson);
  await presenter.startLesson();
  remote = await Classroom.enter(browser, platform.origin, DEMO.remoteClassroom, lesson);
  [desk, room] = [new BoardScreen(presenter.page), new BoardScreen(remote.page)];
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await platform?.close();
  rmSync(folder, { recursive: true, force: true });
});

const live = async () => projectLive(lesson.lessonId, await presenter.api.timeline(lesson.lessonId));

describe('the board', () => {
  test('is opened with one touch and shows a stroke in the other room while it is drawn', async () => {
    await presenter.page.getByTestId('board-toggle').click();
    await room.untilItems(0);
    await desk.hand(UPPER, { lift: false });
    await room.untilInk(ON_UPPER, true, 'moving');
    expect(await room.inkAt(ON_UPPER)).toBe(false);
    await presenter.page.mouse.up();
    await Promise.all([desk.untilInk(ON_UPPER, true), room.untilInk(ON_UPPER, true)]);
    // The stroke that was passing went when its event came.
    await room.untilInk(ON_UPPER, false, 'moving');
  }, 300_000);

  test('takes back and brings again what the teacher did last', async () => {
    await desk.hand(LOWER);
    await room.untilItems(2);
    await presenter.page.getByTestId('board-undo').click();
    await room.untilItems(1);
    expect([await room.inkAt(ON_UPPER), await room.inkAt(ON_LOWER)]).toEqual([true, false]);
    await presenter.page.keyboard.press('Control+y');
    await room.untilInk(ON_LOWER, true);
    await presenter.page.getByTestId('board-clear').click();
    await room.untilInk(ON_UPPER, false);
    await presenter.page.getByTestId('board-undo').click();
    await Promise.all([room.untilInk(ON_UPPER, true), room.untilInk(ON_LOWER, true)]);
  }, 300_000);

  test('is wiped by touching a mark with the eraser', async () => {
    await presenter.page.getByTestId('tool-eraser').click();
    await desk.hand([
      [0.4, 0.5],
      [0.4, 0.7],
    ]);
    await room.untilItems(1);
    await room.untilInk(ON_LOWER, false);
    await presenter.page.getByTestId('tool-pen').click();
  }, 300_000);

  test('is written on by a room only when the teacher lets it', async () => {
    expect(await room.mayWrite.count()).toBe(0);
    const client = await SocketClient.connect(await Api.signIn(platform.origin, DEMO.otherClassroom));
    const { participant } = await client.join(lesson.lessonId);
    const { pageId } = (await live()).board;
    const mark = { kind: 'line', color: 'red', width: 4, from: [0.1, 0.4], to: [0.9, 0.4] };
    const draw = { type: 'board.draw', pageId, marks: [mark] };
    expect(await client.ask(draw)).toBe('SWITCHED_OFF');
    expect(await client.ask({ type: 'pass', body: { kind: 'laserOff' } })).toBe('SWITCHED_OFF');
    expect(await client.ask({ type: 'board.turn', pageId })).toBe('FORBIDDEN');
    client.close();

    const teacher = await SocketClient.connect(await Api.signIn(platform.origin, DEMO.administrator));
    await teacher.join(lesson.lessonId);
    const me = [...(await live()).participants.values()].find(({ name }) => name === DEMO.remoteClassroom)!;
    expect(me.participantId).not.toBe(participant.participantId);
    const allow = { type: 'board.allow', participantId: me.participantId, allowed: true };
    expect(await teacher.ask(allow)).toBeNull();
    await room.mayWrite.waitFor();
    await room.hand(LOWER);
    await desk.untilInk(ON_LOWER, true);
    expect(await teacher.ask({ ...allow, allowed: false })).toBeNull();
    await room.mayWrite.waitFor({ state: 'detached' });
    teacher.close();
  }, 300_000);

  test('stays as it is when a page is opened again, and is whole for whoever comes late', async () => {
    await presenter.page.reload();
    await desk.untilItems(2);
    await Promise.all([desk.untilInk(ON_UPPER, true), desk.untilInk(ON_LOWER, true)]);
    const late = await Classroom.enter(browser, platform.origin, DEMO.researcher, lesson);
    const screen = new BoardScreen(late.page);
    await screen.untilItems(2);
    await Promise.all([screen.untilInk(ON_UPPER, true), screen.untilInk(ON_LOWER, true)]);
    expect(await screen.mayWrite.count()).toBe(0);
    await late.close();
  }, 300_000);
});

describe('courseware', () => {
  test('is uploaded, and turned on all screens by its pages’ numbers', async () => {
    const path = {
      name: '../../Unit 5.pdf',
      mimeType: 'application/pdf',
      buffer: handMadePdf(['One', 'Two', 'Three']),
    };
    await presenter.page.getByTestId('board-file').setInputFiles(path);
    await until('the pages are on the board', async () => (await live()).board.pages.length === 4);
    const [document] = (await live()).board.documents;
    expect(document).toMatchObject({ kind: 'pdf', name: 'Unit 5.pdf', scripted: false });
    // The page that was written on is not torn away.
    await desk.untilItems(2);
    await presenter.page.getByTestId('board-thumb-2').click();
    await Promise.all([desk.untilPage(1), room.untilPage(1)]);
    await presenter.page.keyboard.press('PageDown');
    await Promise.all([desk.untilPage(2), room.untilPage(2)]);
    await desk.hand(UPPER);
    await room.untilInk(ON_UPPER, true);
  }, 300_000);

  test('is only for those of the lesson, and runs nothing when it is opened by itself', async () => {
    const [page] = (await live()).board.pages.filter(({ source }) => source.kind === 'pdf');
    const source = page!.source as { documentId: string; file: string };
    const path = `/media/courseware/${lesson.lessonId}/${source.documentId}/${source.file}`;
    const mine = await remote.api.ask('GET', path);
    expect(mine.status).toBe(200);
    expect(mine.headers.get('content-type')).toBe('application/pdf');
    expect(mine.headers.get('content-security-policy')).toContain('sandbox');
    expect(mine.headers.get('x-content-type-options')).toBe('nosniff');
    const part = await remote.api.ask('GET', path, undefined, { range: 'bytes=0-4' });
    expect([part.status, part.body]).toEqual([206, '%PDF-']);
    const stranger = await Api.signIn(platform.origin, DEMO.otherTeacher);
    expect((await stranger.ask('GET', path)).status).toBe(404);
    expect((await Api.anonymous(platform.origin).ask('GET', path)).status).toBe(401);
  }, 300_000);

  test('from a room waits until the teacher puts it on the board', async () => {
    const assistant = await Api.signIn(platform.origin, DEMO.assistant);
    const photo = await presenter.page.screenshot();
    const sent = await assistant.upload(lesson.lessonId, photo, { name: 'work.png', purpose: 'photo' });
    expect(sent).toMatchObject({ kind: 'photo', state: 'ready' });
    await presenter.page.getByTestId('place-document').click();
    await Promise.all(
      [desk, room].map(({ page }) =>
        page.locator('[data-testid=board-page] [data-testid=board-image]').waitFor(),
      ),
    );
  }, 300_000);

  test('that is a clip plays in step in all rooms', async () => {
    const film = readFileSync(await makeFilm(folder, { color: 'green', toneHz: 440, seconds: 30 }));
    const teacher = await Api.signIn(platform.origin, DEMO.teacher);
    await teacher.upload(lesson.lessonId, film, { name: 'clip.mp4' });
    const clips = async () => (await live()).board.pages.findIndex(({ source }) => source.kind === 'clip');
    await presenter.page.getByTestId(`board-thumb-${(await clips()) + 1}`).click();
    await presenter.page.getByTestId('clip-toggle').click();
    // On this machine the pages have one clock: what each would show at one moment is compared.
    await until('the clip plays in step', async () => {
      const [here, there] = await Promise.all([desk.clip(), room.clip()]);
      const apart = here.positionMs - here.at - (there.positionMs - there.at);
      return here.playing && there.playing && there.positionMs > 500 && Math.abs(apart) < 150;
    });
    await presenter.page.getByTestId('clip-toggle').click();
    await until('the clip stands at the same picture', async () => {
      const [here, there] = await Promise.all([desk.clip(), room.clip()]);
      return !here.playing && !there.playing && Math.abs(here.positionMs - there.positionMs) < 60;
    });
  }, 300_000);
});

describe('a file that is no courseware', () => {
  const bomb = () =>
    handMadeZip([...SLIDES, { name: 'ppt/media/image1.bin', content: Buffer.alloc(80_000_000) }]);
  const hugePicture = () => {
    const head = Buffer.from('89504e470d0a1a0a0000000d49484452000186a0000186a00806000000', 'hex');
    return Buffer.concat([head, Buffer.alloc(100)]);
  };
  const CASES: [what: string, file: () => Buffer, code: string][] = [
    ['an SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'FILE_SVG'],
    ['a page of HTML', () => Buffer.from('<!doctype html><script>alert(1)</script>'), 'FILE_TYPE'],
    ['a program', () => readFileSync(process.execPath).subarray(0, 100_000), 'FILE_TYPE'],
    ['nothing', () => Buffer.alloc(0), 'FILE_UNREADABLE'],
    ['half a PDF', () => handMadePdf(['One']).subarray(0, 60), 'FILE_UNREADABLE'],
    [
      'a PDF of too many pages',
      () => handMadePdf(Array.from({ length: 301 }, String)),
      'FILE_TOO_MANY_PAGES',
    ],
    ['a zip that is no PPTX', () => handMadeZip([{ name: 'a.txt', content: Buffer.from('a') }]), 'FILE_TYPE'],
    ['a zip bomb', bomb, 'FILE_BOMB'],
    ['slides where there is no LibreOffice', () => handMadeZip(SLIDES), 'NO_OFFICE'],
    ['a picture of ten billion pixels', hugePicture, 'FILE_TOO_LARGE'],
    [
      'more than is taken in',
      () => Buffer.concat([handMadePdf(['One']), Buffer.alloc(4_000_000)]),
      'FILE_TOO_LARGE',
    ],
    ['a playlist called a film', () => Buffer.from('#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n'), 'FILE_TYPE'],
  ];

  test.each(CASES)(
    '%s is refused with a reason',
    async (_what, file, code) => {
      const teacher = await Api.signIn(platform.origin, DEMO.teacher);
      const answer = await teacher.send(lesson.lessonId, file(), { name: 'lesson.pdf' });
      expect([codeOf(answer), answer.status < 500 || answer.status === 507]).toEqual([code, true]);
    },
    60_000,
  );

  test('by its size alone is refused before it has come', async () => {
    const teacher = await Api.signIn(platform.origin, DEMO.teacher);
    const answer = await teacher.send(lesson.lessonId, Buffer.alloc(20_000_000, '%PDF-'), { name: 'x.pdf' });
    expect(codeOf(answer)).toBe('FILE_TOO_LARGE');
  }, 60_000);

  test('is told of in a sentence on the page, and can be put away', async () => {
    const svg = { name: 'picture.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg></svg>') };
    await presenter.page.getByTestId('board-file').setInputFiles(svg);
    const note = presenter.page.getByTestId('board-incoming');
    await note.getByText('(FILE_SVG)').waitFor();
    await note.getByTestId('upload-cancel').click();
    await note.waitFor({ state: 'detached' });
  }, 300_000);

  test('but a PDF with scripts is shown without running them', async () => {
    const teacher = await Api.signIn(platform.origin, DEMO.teacher);
    const file = handMadePdf(['One'], { script: "app.alert\\('x'\\); while \\(true\\);" });
    const document = await teacher.upload(lesson.lessonId, file, { name: 'scripted.pdf' });
    expect(document).toMatchObject({ kind: 'pdf', scripted: true });
    await until('its page is on the board', async () =>
      (await live()).board.pages.some(
        ({ source }) => source.kind === 'pdf' && source.documentId === document.documentId,
      ),
    );
    const index = (await live()).board.pages.findIndex(
      ({ source }) => source.kind === 'pdf' && source.documentId === document.documentId,
    );
    await presenter.page.getByTestId(`board-thumb-${index + 1}`).click();
    await Promise.all([desk.untilPage(1), room.untilPage(1)]);
  }, 300_000);

  test('is taken from nobody who may not send one, nor into a lesson that is over', async () => {
    const file = handMadePdf(['One']);
    const asked = async (name: string) =>
      codeOf(await (await Api.signIn(platform.origin, name)).send(lesson.lessonId, file, { name: 'x.pdf' }));
    expect(await asked(DEMO.otherTeacher)).toBe('NOT_FOUND');
    expect(await asked(DEMO.student)).toBe('FORBIDDEN');
    expect(await asked(DEMO.researcher)).toBe('FORBIDDEN');
    const other = await presenter.api.planLesson();
    await presenter.api.changeState(other.lessonId, 'live');
    await presenter.api.changeState(other.lessonId, 'ended');
    expect(codeOf(await presenter.api.send(other.lessonId, file, { name: 'x.pdf' }))).toBe('WRONG_STATE');
  }, 120_000);
});
