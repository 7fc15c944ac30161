import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { handMadePdf } from '#platform/testing/hand-made-pdf.ts';
import { handMadeZip, SLIDES } from '#platform/testing/hand-made-zip.ts';
import type { Lesson } from '#protocol/domain.ts';
import { projectLive } from '#protocol/live-state.ts';
import { Api } from './harness/api.ts';
import { DEMO } from './harness/classroom.ts';
import { Platform } from './harness/platform.ts';
import { until } from './harness/until.ts';

/*
 * What becomes of slides around LibreOffice. In its place stands a script that takes as long as the test wants;
 * LibreOffice itself is tried in platform/office.test.ts where it is installed.
 */
let platform: Platform;
let teacher: Api;
let lesson: Lesson;
let folder: string;

const SCRIPT = `#!/bin/sh
while [ "$1" != --outdir ]; do shift; done
[ -f "$FOLDER/broken" ] && exit 1
[ -f "$FOLDER/slides.pdf" ] || exec sleep 30
cp "$FOLDER/slides.pdf" "$2/slides.pdf"
`;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'three-classrooms-slides-'));
  const bin = join(folder, 'soffice');
  writeFileSync(bin, SCRIPT.replaceAll('$FOLDER', folder), { mode: 0o755 });
  platform = await Platform.start({ LIBREOFFICE_BIN: bin });
  teacher = await Api.signIn(platform.origin, DEMO.teacher);
  lesson = await teacher.planLesson();
}, 300_000);

afterAll(async () => {
  await platform?.close();
  rmSync(folder, { recursive: true, force: true });
});

const board = async () => projectLive(lesson.lessonId, await teacher.timeline(lesson.lessonId)).board;
const upload = () => teacher.upload(lesson.lessonId, handMadeZip(SLIDES), { name: 'Unit 5.pptx' });
const document = async (documentId: string) =>
  (await board()).documents.find((known) => known.documentId === documentId);

test('slides become pages, even when the platform dies in the middle', async () => {
  const { documentId, state } = await upload();
  expect(state).toBe('processing');
  platform.kill('signaling');
  writeFileSync(join(folder, 'slides.pdf'), handMadePdf(['One', 'Two']));
  await until('the slides are pages', async () => (await document(documentId))?.state === 'ready');
  const { pages } = await board();
  expect(pages.map(({ source }) => source)).toMatchObject([
    { kind: 'pdf', documentId, file: 'pages.pdf', page: 1 },
    { kind: 'pdf', documentId, file: 'pages.pdf', page: 2 },
  ]);
  const served = await teacher.ask('GET', `/media/courseware/${lesson.lessonId}/${documentId}/pages.pdf`);
  expect(served.status).toBe(200);
}, 300_000);

test('slides that cannot be made into pages say so, and the board stays as it is', async () => {
  writeFileSync(join(folder, 'broken'), '');
  const { pages } = await board();
  const { documentId } = await upload();
  const failed = await until('it is told', async () => {
    const known = await document(documentId);
    return known?.state === 'failed' && known;
  });
  expect(failed.failure).toBe('CONVERSION_FAILED');
  expect((await board()).pages).toEqual(pages);
}, 300_000);
