import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { LibraryCard, SearchPage } from '#protocol/search.ts';
import { CoursePage, Playlist, PlaylistPage, Shelf } from '#protocol/shelf.ts';
import { TestApp } from '../../testing/app.ts';
import { publishFor } from '../../testing/library.ts';
import type { TestPerson } from '../../testing/person.ts';
import { Cards } from '../library/cards.ts';
import { Indexer } from '../library/indexer.ts';
import { ResourceAccess } from '../resource/access.ts';
import { ResourceRepository } from '../resource/resource-repository.ts';
import { libraryRoutes } from './library-routes.ts';
import { shelfRoutes } from './shelf-routes.ts';

let app: TestApp;
let teacher: TestPerson;
let village: TestPerson;
let indexer: Indexer;
let resources: ResourceRepository;
beforeAll(async () => {
  app = await TestApp.open(({ db }) => {
    resources = new ResourceRepository(db);
    indexer = new Indexer(db);
    const access = new ResourceAccess(db, resources);
    const cards = new Cards(db);
    return {
      api: [libraryRoutes({ db, cards, resources, access, indexer }), shelfRoutes({ db, cards, access })],
    };
  });
  teacher = await app.signIn('陈静');
  village = await app.signIn('李秀兰');
});
afterAll(() => app.close());

const Cards_ = z.array(LibraryCard);
const titlesOf = (cards: readonly LibraryCard[]) => cards.map(({ title }) => title);
const publish = (title: string, more = {}) =>
  publishFor(app.db, { title, author: teacher.account!, ...more });

test('a favourite is kept, and is not shown while it may not be watched', async () => {
  const id = await publish('收藏的课');
  const draft = await publish('别人的草稿', { state: 'draft' });
  await village.get(z.object({}), 'PUT', `/api/library/favourites/${id}`);
  await village.get(z.object({}), 'PUT', `/api/library/favourites/${id}`);
  expect(await village.code('PUT', `/api/library/favourites/${draft}`)).toBe('NOT_FOUND');
  const mine = async () => titlesOf(await village.get(Cards_, 'GET', '/api/library/favourites'));
  expect(await mine()).toEqual(['收藏的课']);
  await resources.change(id, 2, { state: 'withdrawn' }, { byAccountId: null, what: 'withdrawn' });
  expect(await mine()).toEqual([]);
  await resources.change(id, 3, { state: 'published' }, { byAccountId: null, what: 'published' });
  expect(await mine()).toEqual(['收藏的课']);
  await village.get(z.object({}), 'DELETE', `/api/library/favourites/${id}`);
  expect(await mine()).toEqual([]);
  expect(await app.anonymous().code('GET', '/api/library/favourites')).toBe('NOT_SIGNED_IN');
});

test('a playlist is in its order, is shared by its address, and hides what its reader may not see', async () => {
  const [open, school] = [await publish('甲'), await publish('乙', { reach: 'school' })];
  const { playlistId } = await teacher.get(Playlist, 'POST', '/api/library/playlists', { title: '期末复习' });
  const path = `/api/library/playlists/${playlistId}`;
  for (const id of [open, school]) await teacher.get(z.object({}), 'POST', `${path}/items/${id}`);
  const seen = async (person: TestPerson) => {
    const page = await person.get(PlaylistPage, 'GET', path);
    expect(page.count).toBe(page.items.length);
    return page.items.map(({ card }) => card.title);
  };
  expect(await seen(teacher)).toEqual(['甲', '乙']);
  expect(await village.code('GET', path)).toBe('NOT_FOUND');
  await teacher.get(PlaylistPage, 'PUT', `${path}/items`, { resourceIds: [school, open] });
  await teacher.get(Playlist, 'POST', path, { title: '期末', shared: true });
  expect([await seen(teacher), await seen(village), await seen(app.anonymous())]).toEqual([
    ['乙', '甲'],
    ['甲'],
    ['甲'],
  ]);
  for (const [method, to, body] of [
    ['POST', path, { title: '我的' }],
    ['DELETE', path, undefined],
    ['PUT', `${path}/items`, { resourceIds: [] }],
    ['POST', `${path}/items/${open}`, undefined],
    ['DELETE', `${path}/items/${open}`, undefined],
    ['POST', `${path}/restore`, undefined],
  ] as const)
    expect(await village.code(method, to, body)).toBe('NOT_FOUND');
  await teacher.get(z.object({}), 'DELETE', path);
  expect(await village.code('GET', path)).toBe('NOT_FOUND');
  await teacher.get(Playlist, 'POST', `${path}/restore`);
  expect(await seen(village)).toEqual(['甲']);
});

test('a course is the replays of its lessons, as far as one may watch them', async () => {
  const { lessonId } = await app.recordedLesson({ title: '第一课' });
  await resources.draftReplays();
  const { resourceId, version } = (await resources.ofLesson(lessonId))!;
  const lesson = (await app.parts.lessons.find(lessonId, teacher.account!))!;
  const path = `/api/library/courses/${lesson.courseId}`;
  expect(await app.anonymous().code('GET', path)).toBe('NOT_FOUND');
  const change = { state: 'published', reach: 'public', published_at: new Date() } as const;
  await resources.change(resourceId, version, change, { byAccountId: null, what: 'published' });
  const { title, items } = await app.anonymous().get(CoursePage, 'GET', path);
  expect(title).toContain('英语');
  expect(items).toMatchObject([{ lessonTitle: '第一课', card: { kind: 'replay' }, progress: null }]);
});

test("a school's and a teacher's library is there for who may watch something in it", async () => {
  await publish('公开的课');
  await indexer.drain();
  const { organizationId } = teacher.account!;
  const shelf = await app.anonymous().get(Shelf, 'GET', `/api/library/teachers/${teacher.accountId}`);
  expect(shelf).toMatchObject({ name: '陈静', role: 'teacher', organizationId });
  await app.anonymous().get(Shelf, 'GET', `/api/library/schools/${organizationId}`);
  const school = await app.anonymous().get(Shelf, 'GET', `/api/library/schools/${organizationId}`);
  const county = await app
    .anonymous()
    .get(Shelf, 'GET', `/api/library/schools/${school.county!.organizationId}`);
  expect([county.organizationKind, county.county]).toEqual(['bureau', null]);
  const ofCounty = `/api/library/search?county=${county.organizationId}`;
  expect((await app.anonymous().get(SearchPage, 'GET', ofCounty)).total).toBeGreaterThan(0);
  const quiet = await app.signIn('周明');
  expect(await app.anonymous().code('GET', `/api/library/teachers/${quiet.accountId}`)).toBe('NOT_FOUND');
  expect(await app.anonymous().code('GET', '/api/library/schools/xxxxxxxxxxxxxxxxxxxxxx')).toBe('NOT_FOUND');
  const page = await app
    .anonymous()
    .get(SearchPage, 'GET', `/api/library/search?author=${teacher.accountId}&q=gk`);
  expect(titlesOf(page.hits.map(({ card }) => card))).toContain('公开的课');
  expect(await teacher.code('GET', `/api/library/search?q=${'长'.repeat(1_500)}`)).toBeNull();
  expect(await teacher.code('GET', '/api/library/search?page=100000')).toBe('BAD_REQUEST');
  expect(await teacher.code('POST', '/api/library/reindex')).toBe('FORBIDDEN');
  const administrator = await app.signIn('马建国');
  expect((await administrator.ask('POST', '/api/library/reindex')).status).toBe(202);
  expect(await indexer.drain()).toBeGreaterThan(0);
});
