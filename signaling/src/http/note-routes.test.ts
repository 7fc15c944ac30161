import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { StudyNote } from '#protocol/notes.ts';
import { TestApp } from '../../testing/app.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import type { TestPerson } from '../../testing/person.ts';
import { notesApi } from './notes-api.ts';

onBothDatabases('notes', (open) => {
  let app: TestApp;
  let student: TestPerson;
  let teacher: TestPerson;
  beforeAll(async () => {
    app = await TestApp.open((parts) => ({ api: notesApi(parts) }), { open });
    student = await app.signIn('刘小雨');
    teacher = await app.signIn('陈静');
  });
  afterAll(() => app.close());

  const notePath = async () => `/api/lessons/${(await app.recordedLesson()).lessonId}/notes`;
  const add = (who: TestPerson, path: string, atMs: number, text: string) =>
    who.get(StudyNote, 'POST', path, { atMs, text });
  const read = async (who: TestPerson, path: string) =>
    (await who.get(StudyNote.array(), 'GET', path)).map(({ atMs, text }) => [atMs, text]);

  test('are kept in order of time, changed, deleted and taken back', async () => {
    const path = await notePath();
    expect(await read(student, path)).toEqual([]);
    const second = await add(student, path, 20_000, '乘法口诀');
    await add(student, path, 5_000, '开始');
    expect(await read(student, path)).toEqual([
      [5_000, '开始'],
      [20_000, '乘法口诀'],
    ]);
    const one = `${path}/${second.noteId}`;
    const changed = await student.get(StudyNote, 'PUT', one, { atMs: 1_000, text: '两位数乘法' });
    expect(changed.editedAt).not.toBeNull();
    expect((await read(student, path))[0]).toEqual([1_000, '两位数乘法']);
    await student.ask('DELETE', one);
    expect(await read(student, path)).toHaveLength(1);
    expect(await student.code('DELETE', one)).toBe('NOT_FOUND');
    expect(await student.code('PUT', one, { atMs: 1, text: 'x' })).toBe('NOT_FOUND');
    expect((await student.get(StudyNote, 'POST', `${one}/restore`)).text).toBe('两位数乘法');
    expect(await read(student, path)).toHaveLength(2);
  });

  test('are nobody else’s: not the teacher’s, not a classmate’s, not a stranger’s', async () => {
    const path = await notePath();
    const { noteId } = await add(student, path, 1_000, '我的');
    const one = `${path}/${noteId}`;
    expect(await read(teacher, path)).toEqual([]);
    expect(await teacher.code('PUT', one, { atMs: 1, text: 'x' })).toBe('NOT_FOUND');
    expect(await teacher.code('DELETE', one)).toBe('NOT_FOUND');
    expect(await teacher.code('POST', `${one}/restore`)).toBe('NOT_FOUND');
    expect((await teacher.ask('GET', `${path}.md`)).body).not.toContain('我的');
    const stranger = await app.signIn('周明');
    expect(await stranger.code('GET', path)).toBe('NOT_FOUND');
    expect(await stranger.code('POST', path, { atMs: 1, text: 'x' })).toBe('NOT_FOUND');
    expect(await app.anonymous().code('GET', path)).toBe('NOT_SIGNED_IN');
    // Nor does it come along at another lesson's address.
    expect(await student.code('DELETE', `${await notePath()}/${noteId}`)).toBe('NOT_FOUND');
    expect(await read(student, path)).toEqual([[1_000, '我的']]);
  });

  test('are taken along as Markdown', async () => {
    const { lessonId } = await app.recordedLesson({ title: '两位数"乘法"' });
    const path = `/api/lessons/${lessonId}/notes`;
    await add(student, path, 3_725_000, '第一行\n第二行');
    await add(student, path, 65_000, '<script>alert(1)</script>');
    const file = await student.ask('GET', `${path}.md`);
    expect(file.body).toBe(
      '# 两位数"乘法"\n\n- **01:05** <script>alert(1)</script>\n- **1:02:05** 第一行\n  第二行\n',
    );
    expect(file.headers.get('content-type')).toContain('text/markdown');
    expect(file.headers.get('content-disposition')).toContain("filename*=UTF-8''%E4%B8%A4");
  });

  test('that are none are refused', async () => {
    const path = await notePath();
    for (const body of [
      {},
      { atMs: 1 },
      { atMs: -1, text: 'x' },
      { atMs: 1, text: ' ' },
      { atMs: 1e12, text: 'x' },
    ])
      expect(await student.code('POST', path, body)).toBe('BAD_REQUEST');
    expect(await student.code('POST', path, { atMs: 1, text: '好'.repeat(2_001) })).toBe('BAD_REQUEST');
    expect(await student.code('PUT', `${path}/x`, { atMs: 1, text: 'x' })).toBe('BAD_REQUEST');
  });

  test('on a resource stay at their moment when it is cut otherwise', async () => {
    const { lessonId, recordingId, resourceId } = await app.recordedLesson({ durationMs: 60_000 });
    const path = `/api/resources/${resourceId}/notes`;
    await add(teacher, path, 10_000, '早');
    await add(teacher, path, 50_000, '晚');
    await add(teacher, path, 60_000, '结尾');
    const clip = (fromMs: number, toMs: number) => ({ recordingId, lessonId, fromMs, toMs, title: null });
    const programme = { clips: [clip(40_000, 60_000)], hiddenTrackIds: [], shots: null };
    const change = { programme: JSON.stringify(programme) };
    await app.parts.resources.change(resourceId, 1, change, { byAccountId: null, what: 'edited' });
    expect(await read(teacher, path)).toEqual([
      [10_000, '晚'],
      [19_999, '结尾'],
      [null, '早'],
    ]);
    await add(teacher, path, 1_000, '新');
    expect((await read(teacher, path))[0]).toEqual([1_000, '新']);
  });
});
