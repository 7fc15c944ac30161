import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { Config } from '#platform/config.ts';
import { OpenSeries, Series, SeriesChoices, type SeriesLessonDraft } from '#protocol/series.ts';
import { TestApp } from '../../testing/app.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import { MadeLessons } from '../../testing/held.ts';
import type { TestPerson } from '../../testing/person.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { seriesRoutes } from './series-routes.ts';

const NOW = Date.parse('2027-03-10T10:00:00+08:00');
const BELL = Date.parse('2027-03-20T09:00:00+08:00');
const HOSTILE = '</title><script>alert(1)</script>\u202Etxt\nBEGIN:VALARM';

onBothDatabases('open series', (open) => {
  let app: TestApp;
  let made: MadeLessons;
  let now = NOW;
  let bureau: TestPerson;
  let operator: TestPerson;
  let foreign: TestPerson;
  let nobody: TestPerson;
  let lesson: Omit<SeriesLessonDraft, 'version'>;

  beforeAll(async () => {
    app = await TestApp.open(
      (parts) => {
        const office = { ...parts, config: Config.parse({}) } as unknown as OfficeParts;
        return { api: [seriesRoutes(office, () => now)] };
      },
      { open },
    );
    made = new MadeLessons(app);
    await app.db
      .insertInto('organization')
      .values({ id: 'X'.repeat(22), kind: 'bureau', name: '别的县', parent_id: null })
      .execute();
    await made.person('外人', '别的县', 'administrator');
    bureau = await app.signIn('马建国');
    operator = await app.signIn('赵强');
    foreign = await app.signIn('外人');
    nobody = app.anonymous();
    lesson = {
      title: '第一讲',
      subject: '音乐',
      grade: '五年级',
      day: '2027-03-20',
      startsMinute: 9 * 60,
      endsMinute: 10 * 60,
      teacherId: await made.id('周明'),
      masterClassroomId: await made.id('实验小学录播教室'),
      // Many of one time here.
      despiteClashes: true,
    };
  });
  afterAll(() => app.close());

  const make = async (title = '名师讲音乐', summary = '') =>
    operator.get(Series, 'POST', '/api/series', {
      organizationId: await made.id('清河县实验小学'),
      ...{ title, summary },
    });
  const add = ({ seriesId, version }: Series, more: Partial<SeriesLessonDraft> = {}) =>
    operator.get(Series, 'POST', `/api/series/${seriesId}/lessons`, { ...lesson, version, ...more });
  const move = ({ seriesId, version }: Series, to: string) =>
    operator.get(Series, 'POST', `/api/series/${seriesId}/state`, { to, version });
  const shown = (seriesId: string) => nobody.get(OpenSeries, 'GET', `/api/open/${seriesId}`);

  test('a draft is nobody else’s; published it is everybody’s; withdrawn it says so', async () => {
    const draft = await add(await make());
    const { seriesId } = draft;
    const list = () => nobody.get(z.array(OpenSeries), 'GET', '/api/open');
    expect(await nobody.code('GET', `/api/open/${seriesId}`)).toBe('NOT_FOUND');
    expect(await nobody.code('GET', `/api/open/${seriesId}/calendar.ics`)).toBe('NOT_FOUND');
    expect(await nobody.code('GET', `/api/open/${'N'.repeat(22)}`)).toBe('NOT_FOUND');
    expect((await list()).map((each) => each.seriesId)).not.toContain(seriesId);
    const published = await move(draft, 'published');
    expect(published).toMatchObject({ state: 'published', publishedAt: NOW });
    expect(await shown(seriesId)).toMatchObject({
      title: '名师讲音乐',
      organizationName: '清河县实验小学',
      lessons: [{ title: '第一讲', teacherName: '周明', plannedStart: BELL, state: 'upcoming' }],
    });
    expect((await list()).map((each) => each.seriesId)).toContain(seriesId);
    const withdrawn = await move(published, 'withdrawn');
    expect(await shown(seriesId)).toMatchObject({ state: 'withdrawn', title: '名师讲音乐', lessons: [] });
    expect((await list()).map((each) => each.seriesId)).not.toContain(seriesId);
    expect((await move(withdrawn, 'published')).state).toBe('published');
    const entries = await app.db
      .selectFrom('audit_entry')
      .select('detail')
      .where('object_id', '=', seriesId)
      .orderBy('seq')
      .execute();
    expect(entries.map(({ detail }) => (detail as { what: string }).what)).toEqual([
      'made',
      'lessonAdded',
      'published',
      'withdrawn',
      'published',
    ]);
  });

  test('the public page follows a lesson from its date to its replay', async () => {
    const series = await move(await add(await make()), 'published');
    const [{ lessonId } = { lessonId: '' }] = series.lessons;
    const state = async () => (await shown(series.seriesId)).lessons[0]!;
    await made.happen(lessonId, BELL, [[0, 'started']]);
    now = BELL + 60_000;
    expect(await state()).toMatchObject({ state: 'running', streamed: false });
    const stream = { enabled: true, delay_seconds: 30, stopped_by: null, stopped_at: null };
    await app.db
      .insertInto('live_stream')
      .values({ ...stream, lesson_id: lessonId, approved_by: bureau.accountId, approved_at: new Date(now) })
      .execute();
    expect(await state()).toMatchObject({ state: 'live', streamed: true });
    await made.happen(lessonId, BELL, [[50, 'ended']]);
    expect(await state()).toMatchObject({ state: 'over', resourceId: null });
    const { resourceId } = await app.recordedLesson();
    const resource = app.db.updateTable('resource').where('id', '=', resourceId);
    await resource.set({ lesson_id: lessonId, state: 'published', reach: 'county' }).execute();
    expect(await state()).toMatchObject({ state: 'over', resourceId: null });
    await resource.set({ reach: 'public' }).execute();
    expect(await state()).toMatchObject({ state: 'replay', resourceId });
    expect(await operator.code('DELETE', `/api/series/${series.seriesId}/lessons/${lessonId}`)).toBe(
      'WRONG_STATE',
    );
    now = NOW;
  });

  test('a published lesson that is moved or called off says so; one of a draft just goes', async () => {
    let series = await add(await add(await make()), { title: '第二讲', day: '2027-03-21' });
    const [first, second] = series.lessons;
    const path = `/api/series/${series.seriesId}/lessons`;
    series = await operator.get(Series, 'DELETE', `${path}/${second!.lessonId}`);
    expect(series.lessons).toHaveLength(1);
    const moveTo = (day: string) =>
      operator.get(Series, 'PUT', `${path}/${first!.lessonId}`, { ...lesson, day, version: series.version });
    series = await moveTo('2027-03-22');
    expect(series.lessons[0]).toMatchObject({ day: '2027-03-22', movedFrom: null });
    series = await move(series, 'published');
    series = await moveTo('2027-03-23');
    expect(series.lessons[0]?.movedFrom).toBe(BELL + 2 * 86_400_000);
    expect(await operator.code('DELETE', `${path}/${first!.lessonId}`)).toBe('WRONG_STATE');
    const cancel = { version: series.version, reason: '老师外出学习' };
    series = await operator.get(Series, 'POST', `${path}/${first!.lessonId}/cancel`, cancel);
    expect((await shown(series.seriesId)).lessons[0]).toMatchObject({
      state: 'cancelled',
      cancelReason: '老师外出学习',
    });
    expect(await operator.code('POST', `${path}/${first!.lessonId}/cancel`, cancel)).toBe('WRONG_STATE');
  });

  test('who was slower is told, and nothing is overwritten', async () => {
    const series = await make();
    const path = `/api/series/${series.seriesId}`;
    const change = { title: '甲', summary: '', version: series.version };
    await operator.get(Series, 'PUT', path, change);
    expect(await bureau.code('PUT', path, { ...change, title: '乙' })).toBe('OVERTAKEN');
    expect(await bureau.code('POST', `${path}/lessons`, { ...lesson, version: series.version })).toBe(
      'OVERTAKEN',
    );
    const now = await bureau.get(Series, 'GET', path);
    expect(now).toMatchObject({ title: '甲', lessons: [] });
    expect(await operator.code('POST', `${path}/state`, { to: 'published', version: now.version })).toBe(
      'FIELDS',
    );
    expect(await operator.code('POST', `${path}/state`, { to: 'draft', version: now.version })).toBe(
      'WRONG_STATE',
    );
    expect((await operator.ask('DELETE', path)).status).toBe(200);
    expect(await operator.code('GET', path)).toBe('NOT_FOUND');
  });

  test('hostile texts stay texts, also in the calendar', async () => {
    const draft = await make(HOSTILE, `一\n${HOSTILE}`);
    expect(draft.title).toBe('</title><script>alert(1)</script>txt BEGIN:VALARM');
    const { seriesId } = await move(await add(draft, { title: HOSTILE }), 'published');
    const answer = await nobody.ask('GET', `/api/open/${seriesId}/calendar.ics`);
    expect(answer.headers.get('content-type')).toContain('text/calendar');
    const lines = String(answer.body).split('\r\n');
    expect(lines.filter((line) => line.startsWith('BEGIN:'))).toEqual(['BEGIN:VCALENDAR', 'BEGIN:VEVENT']);
    expect(lines).toContain('DTSTART:20270320T010000Z');
    expect(
      await operator.code('POST', '/api/series', {
        organizationId: draft.organizationId,
        title: '\u200B',
        summary: '',
      }),
    ).toBe('BAD_REQUEST');
  });

  test('a foreign school cannot tell a draft from nothing, and places no lesson with others', async () => {
    const series = await make();
    for (const seriesId of [series.seriesId, 'N'.repeat(22)]) {
      const path = `/api/series/${seriesId}`;
      expect(await foreign.code('GET', path)).toBe('NOT_FOUND');
      expect(await foreign.code('PUT', path, { title: '乙', summary: '', version: 1 })).toBe('NOT_FOUND');
      expect(await foreign.code('DELETE', path)).toBe('NOT_FOUND');
      expect(await foreign.code('POST', `${path}/state`, { to: 'published', version: 1 })).toBe('NOT_FOUND');
      expect(await foreign.code('POST', `${path}/lessons`, { ...lesson, version: 1 })).toBe('NOT_FOUND');
    }
    expect(await foreign.get(z.array(Series), 'GET', '/api/series')).toEqual([]);
    const teacher = await app.signIn('陈静');
    expect(await teacher.code('GET', '/api/series')).toBe('FORBIDDEN');
    expect(await nobody.code('GET', '/api/series')).toBe('NOT_SIGNED_IN');
    const { rooms } = await operator.get(
      SeriesChoices,
      'GET',
      `/api/series/choices?organizationId=${series.organizationId}`,
    );
    expect(rooms.map(({ name }) => name)).toEqual(['实验小学录播教室']);
    const answer = await operator.ask('POST', `/api/series/${series.seriesId}/lessons`, {
      ...lesson,
      version: series.version,
      teacherId: foreign.accountId,
      masterClassroomId: await made.id('石门教学点教室'),
    });
    expect(answer.body).toMatchObject({
      error: { code: 'FIELDS', fields: [{ path: 'masterClassroomId' }, { path: 'teacherId' }] },
    });
  });
});
