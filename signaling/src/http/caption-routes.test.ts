import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Caption, CaptionTrack, SavedCaption } from '#protocol/caption.ts';
import { TestApp } from '../../testing/app.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import type { TestPerson } from '../../testing/person.ts';
import { Attic } from '../notes/attic.ts';
import { notesApi } from './notes-api.ts';

const FILE =
  'WEBVTT\n\n00:01.000 --> 00:03.000\n同学们好\n\n00:10.000 --> 00:12.000\n<v 陈静>今天学<b>乘法</b>\n';

onBothDatabases('captions', (open) => {
  let app: TestApp;
  let teacher: TestPerson;
  let student: TestPerson;
  beforeAll(async () => {
    app = await TestApp.open((parts) => ({ api: notesApi(parts) }), { open });
    teacher = await app.signIn('陈静');
    student = await app.signIn('刘小雨');
  });
  afterAll(() => app.close());

  const put = (who: TestPerson, path: string, file: string | Uint8Array, version = 0, label = '') =>
    who.ask('PUT', `${path}?version=${version}${label && `&label=${encodeURIComponent(label)}`}`, file, {
      'content-type': 'text/vtt',
    });
  const captionPath = async () => `/api/lessons/${(await app.recordedLesson()).lessonId}/captions`;
  const codeIn = async (answer: Promise<{ status: number; body: unknown }>) => {
    const { body } = await answer;
    return (body as { error?: { code: string } }).error?.code ?? null;
  };

  test('are brought, listed, read, and given as a file', async () => {
    const path = await captionPath();
    expect(await teacher.get(CaptionTrack.array(), 'GET', path)).toEqual([]);
    const answer = await put(teacher, `${path}/zh-CN`, FILE, 0, '中文');
    expect(answer.status).toBe(201);
    const { caption, report } = SavedCaption.parse(answer.body);
    expect(report.count).toBe(0);
    expect(caption).toMatchObject({
      language: 'zh-CN',
      label: '中文',
      version: 1,
      cueCount: 2,
      savedBy: '陈静',
    });
    await put(teacher, `${path}/en`, FILE);
    const tracks = await student.get(CaptionTrack.array(), 'GET', path);
    expect(tracks.map(({ language, label }) => [language, label])).toEqual([
      ['zh-CN', '中文'],
      ['en', 'English'],
    ]);
    expect((await student.get(Caption, 'GET', `${path}/zh-CN`)).cues[1]).toEqual({
      startMs: 10_000,
      endMs: 12_000,
      speaker: '陈静',
      text: '今天学<b>乘法</b>',
    });
    const file = await student.ask('GET', `${path}/zh-CN.vtt`);
    expect(file.headers.get('content-type')).toBe('text/vtt; charset=utf-8');
    expect(file.headers.get('content-disposition')).toContain('attachment');
    expect(file.body).toContain('00:00:10.000 --> 00:00:12.000\n<v 陈静>今天学<b>乘法</b>');
  });

  test('of one who was overtaken change nothing', async () => {
    const path = `${await captionPath()}/zh-CN`;
    await put(teacher, path, FILE);
    expect(await codeIn(put(teacher, path, FILE))).toBe('OVERTAKEN');
    expect((await put(teacher, path, 'WEBVTT\n\n00:01.000 --> 00:02.000\n新', 1)).status).toBe(200);
    expect(await codeIn(put(teacher, path, FILE, 1))).toBe('OVERTAKEN');
    expect((await teacher.get(Caption, 'GET', path)).cues.map(({ text }) => text)).toEqual(['新']);
    const answers = await Promise.all([put(teacher, path, FILE, 2), put(teacher, path, FILE, 2)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const firsts = await Promise.all(
      ['en', 'en'].map((tag) => put(teacher, path.replace('zh-CN', tag), FILE)),
    );
    expect(firsts.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  test('saved again and again by one hand are kept once, and by another twice', async () => {
    const { lessonId } = await app.recordedLesson();
    const path = `/api/lessons/${lessonId}/captions/zh-CN`;
    const kept = async () => {
      const rows = await app.db
        .selectFrom('caption_version')
        .innerJoin('caption', 'caption.id', 'caption_version.caption_id')
        .select('caption_version.version')
        .where('lesson_id', '=', lessonId)
        .orderBy('caption_version.version')
        .execute();
      return rows.map(({ version }) => version);
    };
    for (const version of [0, 1, 2]) await put(teacher, path, FILE, version);
    expect(await kept()).toEqual([3]);
    await put(await app.signIn('赵强'), path, FILE, 3);
    await put(teacher, path, FILE, 4);
    expect(await kept()).toEqual([3, 4, 5]);
  });

  test('that were deleted come back, as they were; after an hour they do not', async () => {
    const list = await captionPath();
    const path = `${list}/zh-CN`;
    await put(teacher, path, FILE);
    expect((await teacher.ask('DELETE', path)).status).toBe(200);
    expect(await teacher.get(CaptionTrack.array(), 'GET', list)).toEqual([]);
    expect(await teacher.code('GET', path)).toBe('NOT_FOUND');
    expect(await teacher.code('DELETE', path)).toBe('NOT_FOUND');
    expect((await teacher.get(CaptionTrack, 'POST', `${path}/restore`)).version).toBe(1);
    expect((await teacher.get(Caption, 'GET', path)).cues).toHaveLength(2);
    await teacher.ask('DELETE', path);
    await app.db
      .updateTable('caption')
      .set({ removed_at: new Date(Date.now() - 3_700_000) })
      .execute();
    expect(await teacher.code('POST', `${path}/restore`)).toBe('NOT_FOUND');
    await new Attic(app.db).empty();
    const left = await app.db
      .selectFrom('caption')
      .select('id')
      .where('removed_at', 'is not', null)
      .execute();
    expect(left).toEqual([]);
    // And a new one begins as if there had been none.
    expect((await put(teacher, path, FILE)).status).toBe(201);
  });

  describe('from files of', () => {
    const gbk = Uint8Array.from([0xcd, 0xac, 0xd1, 0xa7, 0xc3, 0xc7, 0xba, 0xc3]);
    const utf16 = (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));
    const srt = '1\r\n00:00:01,000 --> 00:00:02,000\r\n';
    const swapped = (bytes: Uint8Array) => Uint8Array.from(Buffer.from(bytes).swap16());
    test.each<[string, Uint8Array]>([
      ['UTF-8 with a BOM', new Uint8Array(Buffer.from(`\ufeffWEBVTT\n\n00:01.000 --> 00:02.000\n同学们好`))],
      ['UTF-16', utf16(`${srt}同学们好`)],
      ['UTF-16, the other way round', swapped(utf16(`${srt}同学们好`))],
      ['UTF-16 without a mark', utf16(`${srt}同学们好`).subarray(2)],
      ['GBK, as SRT', new Uint8Array(Buffer.concat([Buffer.from(srt), gbk]))],
    ])('%s are read', async (_, bytes) => {
      const path = `${await captionPath()}/zh-CN`;
      const { caption } = SavedCaption.parse((await put(teacher, path, bytes)).body);
      expect(caption.cues).toEqual([{ startMs: 1_000, endMs: 2_000, speaker: null, text: '同学们好' }]);
    });
  });

  test('that are no captions are refused with a reason, and nothing is kept', async () => {
    const list = await captionPath();
    const path = `${list}/zh-CN`;
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0xd]);
    expect(await codeIn(put(teacher, path, png))).toBe('CAPTION_UNREADABLE');
    expect(await codeIn(put(teacher, path, Uint8Array.from([0xff, 0x80, 0xff])))).toBe('CAPTION_UNREADABLE');
    expect(await codeIn(put(teacher, path, '<script>alert(1)</script>'))).toBe('CAPTION_UNREADABLE');
    expect(await codeIn(put(teacher, path, ''))).not.toBeNull();
    expect(await codeIn(put(teacher, path, `WEBVTT\n\n${'x'.repeat(3_000_000)}`))).toBe('CAPTION_TOO_LARGE');
    expect(await codeIn(put(teacher, `${list}/not a language`, FILE))).toBe('BAD_REQUEST');
    expect(await codeIn(put(teacher, `${list}/zh_CN`, FILE))).toBe('BAD_REQUEST');
    expect(await teacher.code('PUT', path, FILE, { 'content-type': 'text/vtt' })).toBe('BAD_REQUEST');
    expect(await teacher.code('PUT', `${path}?version=0`, { cues: [] })).toBe('UNSUPPORTED_MEDIA');
    expect(await teacher.get(CaptionTrack.array(), 'GET', list)).toEqual([]);
  });

  test('with scripts in them hold letters, and the file that is given out holds none that runs', async () => {
    const path = `${await captionPath()}/zh-CN`;
    const evil =
      'WEBVTT\n\n00:01.000 --> 00:02.000\n<script>alert(1)</script>&lt;img src=x onerror=alert(1)&gt;';
    const { caption, report } = SavedCaption.parse((await put(teacher, path, evil)).body);
    expect(report.problems).toEqual([{ line: 3, why: 'markup' }]);
    expect(caption.cues[0]?.text).toBe('alert(1)<img src=x onerror=alert(1)>');
    const file = await student.ask('GET', `${path}.vtt`);
    expect(file.body).toContain('alert(1)&lt;img src=x onerror=alert(1)&gt;');
    expect(file.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
  });

  test('are read by who may watch, and changed by who teaches', async () => {
    const list = await captionPath();
    const path = `${list}/zh-CN`;
    await put(teacher, path, FILE);
    const stranger = await app.signIn('周明');
    for (const request of [list, path, `${path}.vtt`]) {
      expect(await stranger.code('GET', request)).toBe('NOT_FOUND');
      expect(await app.anonymous().code('GET', request)).toBe('NOT_SIGNED_IN');
    }
    expect(await codeIn(put(student, path, FILE, 1))).toBe('FORBIDDEN');
    expect(await codeIn(put(stranger, path, FILE, 1))).toBe('NOT_FOUND');
    expect(await student.code('DELETE', path)).toBe('FORBIDDEN');
    expect(await student.code('POST', `${path}/restore`)).toBe('FORBIDDEN');
    expect(await student.code('GET', `${list}/fr`)).toBe('NOT_FOUND');
  });

  test('of a resource are those of its lessons, cut as it is cut', async () => {
    const { lessonId, recordingId, resourceId } = await app.recordedLesson();
    await put(teacher, `/api/lessons/${lessonId}/captions/zh-CN`, FILE);
    const clip = (fromMs: number, toMs: number) => ({ recordingId, lessonId, fromMs, toMs, title: null });
    const programme = { clips: [clip(11_000, 20_000), clip(0, 2_000)], hiddenTrackIds: [], shots: null };
    const change = { programme: JSON.stringify(programme) };
    await app.parts.resources.change(resourceId, 1, change, { byAccountId: null, what: 'edited' });
    const path = `/api/resources/${resourceId}/captions`;
    const { cues } = await teacher.get(Caption, 'GET', `${path}/zh-CN`);
    expect(cues.map(({ startMs, endMs, text }) => [startMs, endMs, text])).toEqual([
      [0, 1_000, '今天学<b>乘法</b>'],
      [10_000, 11_000, '同学们好'],
    ]);
    expect((await teacher.ask('GET', `${path}/zh-CN.vtt`)).body).toContain('00:00:10.000 --> 00:00:11.000');
    // What a recording says is changed at its lesson.
    expect(await codeIn(put(teacher, `${path}/zh-CN`, FILE, 1))).toBe('FORBIDDEN');
    expect(await student.code('GET', path)).toBe('NOT_FOUND');
  });

  test('of a published resource are what was reviewed, whatever the teacher writes later', async () => {
    const { lessonId, resourceId } = await app.recordedLesson();
    const path = `/api/lessons/${lessonId}/captions/zh-CN`;
    await put(teacher, path, FILE);
    const by = { byAccountId: null, what: 'submitted' };
    await app.parts.resources.change(resourceId, 1, { state: 'submitted' }, by);
    await app.parts.resources.change(
      resourceId,
      2,
      { state: 'published', reach: 'public', published_at: new Date() },
      { byAccountId: null, what: 'published' },
    );
    await put(teacher, path, 'WEBVTT\n\n00:01.000 --> 00:02.000\n没有审过', 1);
    await put(teacher, path, 'WEBVTT\n\n00:01.000 --> 00:02.000\n没有审过', 2);
    await put(teacher, path.replace('zh-CN', 'en'), FILE);
    const anybody = app.anonymous();
    const shown = `/api/resources/${resourceId}/captions`;
    expect((await anybody.get(CaptionTrack.array(), 'GET', shown)).map(({ language }) => language)).toEqual([
      'zh-CN',
    ]);
    expect((await anybody.get(Caption, 'GET', `${shown}/zh-CN`)).cues[0]?.text).toBe('同学们好');
    expect((await teacher.get(Caption, 'GET', path)).cues[0]?.text).toBe('没有审过');
  });
});
