import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { derivedId, newId } from '#platform/ids.ts';
import { type ConsentScope, MissingConsent, RecordedConsent } from '#protocol/consent.ts';
import { type FeedRole, kindOfFeed } from '#protocol/domain.ts';
import type { Reach } from '#protocol/resource.ts';
import { TestApp } from '../../testing/app.ts';
import type { TestPerson } from '../../testing/person.ts';
import { pass, promised, Reviewed, reviewRoutesOf, terms } from '../../testing/review.ts';
import { needsConsent } from './age.ts';
import { hide, scopeFor } from './consents.ts';

let app: TestApp;
let author: TestPerson;
let school: TestPerson;
let bureau: TestPerson;

beforeAll(async () => {
  app = await TestApp.open((parts) => ({ api: reviewRoutesOf(parts) }));
  author = await app.signIn('陈静');
  school = await app.signIn('赵强');
  bureau = await app.signIn('马建国');
});
afterAll(() => app.close());

const MASTER = '五年级(2)班';
const HEKOU = '五年级(1)班';
const SHIMEN = '五年级复式班';

/** A replay that bureau has passed, with a feed of every room: ids by `room role`. */
async function recorded(): Promise<{ it: Reviewed; feeds: Map<string, string> }> {
  const it = await Reviewed.draft(app);
  const { lessonId, programme } = (await it.find())!;
  const feeds = new Map<string, string>();
  const rooms: [string, FeedRole[]][] = [
    ['实验小学录播教室', ['teacher', 'pupils', 'mic']],
    ['河口小学多媒体教室', ['pupils', 'mic']],
    ['石门教学点教室', ['pupils', 'mic']],
  ];
  for (const [room, roles] of rooms) {
    const { id } = await app.db
      .selectFrom('classroom')
      .select('id')
      .where('name', '=', room)
      .executeTakeFirstOrThrow();
    const participantId = derivedId('participant', lessonId!, id);
    for (const role of roles) {
      const trackId = newId();
      feeds.set(`${room} ${role}`, trackId);
      const kind = kindOfFeed(role);
      const track = { trackId, participantId, role, kind, playlist: 'x.m3u8', spans: [] };
      await app.parts.recordings.saveTrack(programme!.clips[0]!.recordingId, track);
    }
  }
  await it.move(author, '/submit', promised());
  await it.move(school, '/decision', pass);
  await it.move(bureau, '/decision', pass);
  return { it, feeds };
}

async function agreed(group: string, scope: ConsentScope): Promise<RecordedConsent> {
  const { id } = await app.db
    .selectFrom('class_group')
    .select('id')
    .where('name', '=', group)
    .executeTakeFirstOrThrow();
  return await bureau.get(RecordedConsent, 'POST', '/api/consent', { classGroupIds: [id], scope });
}

const hiddenIn = async ({ it, feeds }: Awaited<ReturnType<typeof recorded>>) => {
  const { hiddenTrackIds } = (await it.find())!.programme!;
  return [...feeds].filter(([, id]) => hiddenTrackIds.includes(id)).map(([name]) => name);
};
const ROOM = { hekou: '河口小学多媒体教室', shimen: '石门教学点教室', master: '实验小学录播教室' };

describe('the feeds of a class whose families did not agree so far', () => {
  test.each<[Reach, ConsentScope, string[]]>([
    ['classes', 'none', [`${ROOM.shimen} pupils`, `${ROOM.shimen} mic`]],
    ['classes', 'class', []],
    ['school', 'class', [`${ROOM.shimen} pupils`, `${ROOM.shimen} mic`]],
    ['county', 'school', [`${ROOM.shimen} pupils`, `${ROOM.shimen} mic`]],
    ['public', 'public', []],
  ])('are left out of what is published for %s with consent for %s', async (reach, scope, expected) => {
    await agreed(MASTER, 'public');
    await agreed(HEKOU, 'public');
    await agreed(SHIMEN, scope);
    const made = await recorded();
    const missing = await bureau.get(MissingConsent, 'GET', made.it.at(`/missing?reach=${reach}`));
    await made.it.move(bureau, '/publish', terms(reach));
    expect((await hiddenIn(made)).toSorted()).toEqual(expected.toSorted());
    expect(missing.map(({ roomName, role }) => `${roomName} ${role}`).toSorted()).toEqual(
      expected.toSorted(),
    );
  });

  test('are the pupils’ picture alone in the master classroom: its sound is the teacher’s', async () => {
    await agreed(MASTER, 'none');
    await agreed(HEKOU, 'public');
    await agreed(SHIMEN, 'public');
    const made = await recorded();
    await made.it.move(bureau, '/publish', terms());
    expect(await hiddenIn(made)).toEqual([`${ROOM.master} pupils`]);
  });

  test('disappear at once when a consent is withdrawn, and come back only by publishing again', async () => {
    for (const group of [MASTER, HEKOU, SHIMEN]) await agreed(group, 'public');
    const made = await recorded();
    await made.it.move(bureau, '/publish', terms());
    expect(await hiddenIn(made)).toEqual([]);
    const { hiddenIn: told } = await agreed(HEKOU, 'class');
    expect(told.map(({ resourceId }) => resourceId)).toContain(made.it.resourceId);
    expect(await hiddenIn(made)).toEqual([`${ROOM.hekou} pupils`, `${ROOM.hekou} mic`]);
    expect((await made.it.find())!.state).toBe('published');
    await agreed(HEKOU, 'public');
    expect(await hiddenIn(made)).toHaveLength(2);
    await made.it.move(bureau, '/publish', terms());
    expect(await hiddenIn(made)).toEqual([]);
  });
});

test('consents are kept by administrators, of their own schools alone', async () => {
  const { id } = await app.db
    .selectFrom('class_group')
    .select('id')
    .where('name', '=', MASTER)
    .executeTakeFirstOrThrow();
  const body = { classGroupIds: [id], scope: 'public' };
  for (const name of ['陈静', '赵强', '林芳', '刘小雨'])
    expect(await (await app.signIn(name)).code('POST', '/api/consent', body)).toBe('FORBIDDEN');
  expect(await app.anonymous().code('GET', '/api/consent')).toBe('NOT_SIGNED_IN');
  expect(await bureau.code('POST', '/api/consent', { ...body, classGroupIds: [newId()] })).toBe('NOT_FOUND');
});

test('what the author hid stays hidden whatever is agreed', () => {
  const programme = { clips: [], hiddenTrackIds: ['a', 'b'], shots: null };
  expect(hide(programme, ['b'], ['b', 'c'])).toEqual({
    programme: { ...programme, hiddenTrackIds: ['a', 'b', 'c'] },
    consentHidden: ['b', 'c'],
  });
  expect(hide(programme, ['b'], [])).toEqual({
    programme: { ...programme, hiddenTrackIds: ['a'] },
    consentHidden: [],
  });
});

test('families are asked for classes below fourteen, and where the grade is not understood', () => {
  expect(['五年级', '八年级', '复式班', 'Grade 5'].map(needsConsent)).toEqual([true, true, true, true]);
  expect(['九年级', '初三', '高一', '高中二年级', 'Grade 10'].map(needsConsent)).toEqual(
    Array(5).fill(false),
  );
  expect((['classes', 'school', 'county', 'password'] as const).map(scopeFor)).toEqual([
    'class',
    'school',
    'public',
    'public',
  ]);
});
