import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { COMMENTS_A_MINUTE, CommentPage, TimedComment } from '#protocol/notes.ts';
import { TestApp } from '../../testing/app.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import { codeOf, type TestPerson } from '../../testing/person.ts';
import { notesApi } from './notes-api.ts';

onBothDatabases('comments', (open) => {
  let app: TestApp;
  let student: TestPerson;
  let teacher: TestPerson;
  let assistant: TestPerson;
  let path: string;
  beforeAll(async () => {
    app = await TestApp.open((parts) => ({ api: notesApi(parts) }), { open });
    student = await app.signIn('刘小雨');
    teacher = await app.signIn('陈静');
    assistant = await app.signIn('李秀兰');
    const administrator = await app.signIn('马建国');
    const bureau = (await app.parts.words.bureauOf(administrator.account!.organizationId))!;
    await app.parts.words.import(bureau, '坏话', 'block', administrator.accountId);
    await app.parts.words.import(bureau, '抄作业', 'hold', administrator.accountId);
    await app.parts.wordLists.refresh();
  });
  beforeEach(async () => {
    // Each test's authors have written nothing yet.
    await app.db.deleteFrom('timed_comment').execute();
    path = `/api/lessons/${(await app.recordedLesson()).lessonId}/comments`;
  });
  afterAll(() => app.close());

  const add = (who: TestPerson, text: string, atMs = 1_000, replyTo: string | null = null) =>
    who.get(TimedComment, 'POST', path, { atMs, text, replyTo });
  const read = async (who: TestPerson, of = path) => (await who.get(CommentPage, 'GET', of)).comments;
  const texts = async (who: TestPerson) => (await read(who)).map(({ text }) => text);

  test('are seen by all who may watch, in order of time, answers after what they answer', async () => {
    const late = await add(student, '这里没听懂', 20_000);
    await add(assistant, '我们也是', 0, late.commentId);
    const early = await add(teacher, '开始', 1_000);
    const answer = await add(teacher, '看黑板右边', 0, late.commentId);
    // An answer to an answer stands with the others.
    await add(student, '懂了', 0, answer.commentId);
    const comments = await read(assistant);
    expect(comments.map(({ text, atMs, mine }) => [text, atMs, mine])).toEqual([
      ['开始', 1_000, false],
      ['这里没听懂', 20_000, false],
      ['我们也是', 20_000, true],
      ['看黑板右边', 20_000, false],
      ['懂了', 20_000, false],
    ]);
    expect(comments[0]).toMatchObject({ authorName: '陈静', commentId: early.commentId, replyTo: null });
    expect(comments[4]?.replyTo).toBe(late.commentId);
    const page = await student.get(CommentPage, 'GET', path);
    expect([page.mayWrite, page.mayModerate]).toEqual([true, false]);
    expect((await teacher.get(CommentPage, 'GET', path)).mayModerate).toBe(true);
  });

  test('with a word of the bureau’s list are refused, or wait for a moderator', async () => {
    expect(await student.code('POST', path, { atMs: 1, text: '坏 话' })).toBe('SENSITIVE_WORD');
    const held = await add(student, '可以抄作业吗');
    expect(held.held).toBe(true);
    expect(await texts(student)).toEqual(['可以抄作业吗']);
    expect(await texts(assistant)).toEqual([]);
    expect(await texts(teacher)).toEqual(['可以抄作业吗']);
    const approve = `${path}/${held.commentId}/approve`;
    expect(await student.code('POST', approve)).toBe('FORBIDDEN');
    expect((await teacher.get(TimedComment, 'POST', approve)).held).toBe(false);
    expect(await texts(assistant)).toEqual(['可以抄作业吗']);
    // Nobody answers what they cannot see.
    const other = await add(student, '又抄作业');
    expect(await assistant.code('POST', path, { atMs: 0, text: '好', replyTo: other.commentId })).toBe(
      'NOT_FOUND',
    );
  });

  test('are deleted by their author or a moderator, and taken back by the same', async () => {
    const mine = await add(student, '我的');
    const one = `${path}/${mine.commentId}`;
    expect(await assistant.code('DELETE', one)).toBe('FORBIDDEN');
    await student.ask('DELETE', one);
    expect(await texts(teacher)).toEqual([]);
    expect(await student.code('DELETE', one)).toBe('NOT_FOUND');
    expect(await assistant.code('POST', `${one}/restore`)).toBe('NOT_FOUND');
    await student.get(TimedComment, 'POST', `${one}/restore`);
    await teacher.ask('DELETE', one);
    expect(await student.code('POST', `${one}/restore`)).toBe('NOT_FOUND');
    await teacher.get(TimedComment, 'POST', `${one}/restore`);
    expect(await texts(student)).toEqual(['我的']);
  });

  test('of which one is deleted take their answers with them', async () => {
    const { commentId } = await add(student, '问');
    await add(teacher, '答', 0, commentId);
    await student.ask('DELETE', `${path}/${commentId}`);
    expect(await texts(assistant)).toEqual([]);
    await student.ask('POST', `${path}/${commentId}/restore`);
    expect(await texts(assistant)).toEqual(['问', '答']);
  });

  test('come one after the other, not in heaps, also when all are sent at once', async () => {
    const sent = await Promise.all(
      Array.from({ length: COMMENTS_A_MINUTE + 4 }, (_, at) =>
        student.ask('POST', path, { atMs: at, text: `第 ${at} 条` }),
      ),
    );
    const refused = sent.filter(({ status }) => status !== 201);
    expect(refused.map((answer) => codeOf(answer))).toEqual(Array(4).fill('SLOW_MODE'));
    const { error } = refused[0]!.body as { error: { retryAfterMs: number } };
    expect(error.retryAfterMs).toBeGreaterThan(0);
    expect(error.retryAfterMs).toBeLessThanOrEqual(60_000);
    // Others are not held up by one.
    await add(assistant, '我也说一句');
  });

  test('are for who may watch; a foreign lesson’s are not there', async () => {
    const { commentId } = await add(student, '好');
    const stranger = await app.signIn('周明');
    expect(await stranger.code('GET', path)).toBe('NOT_FOUND');
    expect(await stranger.code('POST', path, { atMs: 1, text: 'x' })).toBe('NOT_FOUND');
    expect(await stranger.code('DELETE', `${path}/${commentId}`)).toBe('NOT_FOUND');
    expect(await app.anonymous().code('GET', path)).toBe('NOT_SIGNED_IN');
    const elsewhere = `/api/lessons/${(await app.recordedLesson()).lessonId}/comments`;
    expect(await teacher.code('DELETE', `${elsewhere}/${commentId}`)).toBe('NOT_FOUND');
    expect(await teacher.code('POST', `${elsewhere}/${commentId}/approve`)).toBe('NOT_FOUND');
    expect(await student.code('POST', elsewhere, { atMs: 1, text: 'x', replyTo: commentId })).toBe(
      'NOT_FOUND',
    );
    for (const body of [
      {},
      { atMs: 1, text: '' },
      { atMs: 'x', text: 'x' },
      { atMs: 1, text: '好'.repeat(501) },
    ])
      expect(await student.code('POST', path, body)).toBe('BAD_REQUEST');
  });

  test('on a published resource are the resource’s own, and a pupil’s name is veiled to strangers', async () => {
    const { resourceId } = await app.recordedLesson();
    const by = { byAccountId: null, what: 'published' };
    await app.parts.resources.change(resourceId, 1, { state: 'published', reach: 'signedIn' }, by);
    path = `/api/resources/${resourceId}/comments`;
    await add(student, '真好听');
    const stranger = await app.signIn('周明');
    const [seen] = await read(stranger);
    expect(seen).toMatchObject({ text: '真好听', authorName: '刘＊＊', mine: false });
    expect((await read(student))[0]?.authorName).toBe('刘小雨');
    expect((await read(teacher))[0]?.authorName).toBe('刘小雨');
    await add(stranger, '我是外校的');
    expect(await texts(student)).toHaveLength(2);
    expect(await app.anonymous().code('GET', path)).toBe('NOT_SIGNED_IN');
  });
});
