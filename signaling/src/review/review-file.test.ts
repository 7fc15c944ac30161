import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '#platform/ids.ts';
import { ReviewFile, ReviewRemark } from '#protocol/review.ts';
import type { EventBody } from '#protocol/timeline.ts';
import { TestApp } from '../../testing/app.ts';
import type { TestPerson } from '../../testing/person.ts';
import { giveBack, pass, promised, Reviewed, reviewRoutesOf } from '../../testing/review.ts';

let app: TestApp;
let author: TestPerson;
let school: TestPerson;
let it: Reviewed;

beforeAll(async () => {
  app = await TestApp.open((parts) => ({ api: reviewRoutesOf(parts) }));
  author = await app.signIn('陈静');
  school = await app.signIn('赵强');
  const bureau = await app.db
    .selectFrom('organization')
    .select('id')
    .where('kind', '=', 'bureau')
    .executeTakeFirst();
  await app.parts.words.import(bureau!.id, '坏话\n笨蛋', 'block', school.accountId);
  await app.parts.words.import(bureau!.id, '考试答案', 'hold', school.accountId);
  await app.parts.wordLists.refresh();
  it = await Reviewed.draft(app);
});
afterAll(() => app.close());

const fileOf = async (who: TestPerson) => await who.get(ReviewFile, 'GET', it.at('/review'));

/** Cuts the first minute and what is between the tenth and the twentieth. */
async function trimmed(): Promise<void> {
  const { version, programme } = (await it.find())!;
  const [{ recordingId, lessonId, toMs }] = programme!.clips as [
    (typeof programme & object)['clips'][number],
  ];
  const clip = (fromMs: number, toMs: number) => ({ recordingId, lessonId, fromMs, toMs, title: null });
  const clips = [clip(60_000, 600_000), clip(1_200_000, toMs)];
  await it.resources.change(
    it.resourceId,
    version,
    { programme: JSON.stringify({ ...programme, clips }) },
    { byAccountId: author.accountId, what: 'edited' },
  );
}

test('sensitive words are listed with the second at which the programme shows them', async () => {
  const { lessonId } = (await it.find())!;
  const said = (text: string, mediaMs: number | null): { mediaMs: number | null; body: EventBody } => ({
    mediaMs,
    body: {
      type: 'message.sent',
      messageId: newId(),
      channel: 'class',
      from: { participantId: newId(), name: '石门', role: 'remote' },
      child: null,
      text,
    },
  });
  const removed = said('笨蛋被删', 90_000);
  const lines = [
    said('你是笨 蛋', 30_000),
    said('老师好', 100_000),
    said('谁有考试答案', 120_000),
    said('真笨蛋', 900_000),
    removed,
    said('笨蛋，坏话', 1_260_000),
    {
      mediaMs: 91_000,
      body: { type: 'message.removed', messageId: (removed.body as { messageId: string }).messageId },
    },
  ] as { mediaMs: number | null; body: EventBody }[];
  await app.parts.timelines.append(
    lessonId!,
    lines.map((line, index) => ({ seq: index + 1, at: Date.now(), ...line })),
  );
  await trimmed();
  await it.move(author, '/text', { title: '不说坏话', description: '' });
  expect(
    (await fileOf(author)).hits.map(({ where, word, wordClass, atMs }) => [where, word, wordClass, atMs]),
  ).toEqual([
    ['title', '坏话', 'block', null],
    ['chat', '考试答案', 'hold', 60_000],
    ['chat', '笨蛋', 'block', 600_000],
    ['chat', '坏话', 'block', 600_000],
  ]);
});

test('remarks keep their place in the lesson when the programme is cut', async () => {
  const at = async (atMs: number | null, text: string) =>
    (await school.get(ReviewRemark, 'POST', it.at('/remarks'), { text, atMs })).remarkId;
  const early = await at(1_000, '声音太小');
  const late = await at(560_000, '这里很好');
  await at(null, '总的来说不错');
  const { version, programme } = (await it.find())!;
  const clips = programme!.clips.slice(1);
  await it.resources.change(
    it.resourceId,
    version,
    { programme: JSON.stringify({ ...programme, clips }) },
    { byAccountId: null, what: 'edited' },
  );
  const { remarks } = await fileOf(author);
  expect(remarks.map(({ remarkId, atMs, cutOut }) => [remarkId, atMs, cutOut])).toEqual([
    [early, null, true],
    [late, 20_000, false],
    [expect.any(String), null, false],
  ]);
  await author.get(ReviewRemark, 'POST', it.at(`/remarks/${late}`), { done: true });
  expect((await fileOf(school)).remarks.map(({ done, mine }) => [done, mine])).toEqual([
    [false, true],
    [true, true],
    [false, true],
  ]);
});

test('promise, notes and every version are in the file, with who may do what next', async () => {
  expect((await fileOf(author)).can).toEqual(['remark', 'edit', 'submit', 'delete']);
  await it.move(author, '/submit', promised());
  expect((await fileOf(author)).can).toContain('revise');
  expect((await fileOf(school)).can).toContain('decide');
  await it.move(school, '/decision', giveBack);
  await it.move(author, '/submit', promised('school'));
  await it.move(school, '/decision', pass);
  const file = await fileOf(school);
  expect(file.promise).toMatchObject({ name: '陈静', byName: '陈静', reach: 'school', text: '2026-11' });
  expect(file.can).toContain('publish');
  expect(file.history.slice(0, 4).map(({ what, byName, note }) => [what, byName, note])).toEqual([
    ['schoolPassed', '赵强', ''],
    ['submitted', '陈静', ''],
    ['returned', '赵强', '片头请剪掉'],
    ['submitted', '陈静', ''],
  ]);
});

test('it is read by author and reviewers alone', async () => {
  for (const name of ['周明', '刘小雨', '石门教学点教室'])
    expect(await (await app.signIn(name)).code('GET', it.at('/review'))).toBe('NOT_FOUND');
  expect(await app.anonymous().code('GET', it.at('/review'))).toBe('NOT_SIGNED_IN');
  for (const name of ['马建国', '林芳'])
    expect(await (await app.signIn(name)).code('GET', it.at('/review'))).toBeNull();
});
