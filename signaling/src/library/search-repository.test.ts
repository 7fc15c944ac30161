import { beforeAll, expect, test } from '@jest/globals';
import { newId } from '#platform/ids.ts';
import type { Account } from '#protocol/domain.ts';
import { wholeOf } from '#protocol/programme.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import { asking, publishFor } from '../../testing/library.ts';
import { AccountRepository } from '../account/account-repository.ts';
import type { Db } from '../database/database.ts';
import { planDemoLesson, seedWorld } from '../demo/seed.ts';
import { readSeedFile } from '../demo/seed-file.ts';
import { ResourceRepository } from '../resource/resource-repository.ts';
import { RecordingRepository } from '../room/recording-repository.ts';
import { Cards } from './cards.ts';
import { Indexer } from './indexer.ts';
import { relatedTo } from './related.ts';
import { SearchRepository } from './search-repository.ts';
import { suggestionsFor } from './suggestions.ts';

onBothDatabases('The library', (open) => {
  let db: Db;
  let search: SearchRepository;
  let indexer: Indexer;
  let resources: ResourceRepository;
  let named: (name: string) => Account;
  let cards: Cards;
  const seed = readSeedFile();

  const titles = async (q: string, account: Account | null = null, more = {}) => {
    const { hits } = await search.search(asking(q, more), account);
    return hits.map(({ card }) => card.title);
  };

  beforeAll(async () => {
    ({ db } = await open());
    await seedWorld(db, seed);
    const people = await new AccountRepository(db, 1).all();
    named = (name) => people.find((account) => account.name === name)!;
    cards = new Cards(db);
    search = new SearchRepository(db, cards);
    indexer = new Indexer(db);
    resources = new ResourceRepository(db);
    const author = named('陈静');
    const maths = { stage: '小学', grade: '三年级', subject: '数学', author };
    await publishFor(db, {
      ...maths,
      title: '两位数乘法',
      chapter: '两位数乘两位数',
      knowledgePoints: ['笔算乘法'],
    });
    await publishFor(db, { ...maths, title: '分数的初步认识', description: '从分苹果开始' });
    await publishFor(db, { ...maths, title: '期末复习', knowledgePoints: ['乘法分配律'] });
    await publishFor(db, { title: '音乐欣赏:快乐的小青蛙', subject: '音乐', author });
    await publishFor(db, { title: 'Unit 3 What would you like?', subject: '英语', grade: '五年级', author });
    await indexer.drain();
  });

  test('finds a title by its words, by a part of it, by pinyin and by initials', async () => {
    for (const q of ['两位数乘法', '两位数的乘法', '两位', 'lwscf', 'wscf', 'liangweishuchengfa', 'liangwei'])
      expect((await titles(q))[0]).toBe('两位数乘法');
    for (const q of ['乘法', 'cf', 'chengfa', 'CHENGF'])
      expect((await titles(q)).sort()).toEqual(['两位数乘法', '期末复习']);
    expect(await titles('苹果')).toEqual(['分数的初步认识']);
    expect(await titles('would LIKE')).toEqual(['Unit 3 What would you like?']);
    for (const q of ['yinyue', 'yy', 'kuaile', 'kl'])
      expect(await titles(q)).toContain('音乐欣赏:快乐的小青蛙');
    expect((await titles('三年级 数学')).length).toBe(3);
  });

  test('the title stands before the knowledge point, and that before the rest', async () => {
    expect(await titles('乘法')).toEqual(['两位数乘法', '期末复习']);
  });

  test('when nothing has all words, what has some of them is shown, and said to be that', async () => {
    const page = await search.search(asking('乘法 火山'), null);
    expect([page.relaxed, page.total, page.words]).toEqual([true, 2, ['乘法', '火山']]);
    expect((await search.search(asking('火山'), null)).total).toBe(0);
  });

  test('facets count what is found, and narrow it', async () => {
    const { facets, total } = await search.search(asking(''), null);
    expect(total).toBe(5);
    expect(facets.subject).toEqual([
      { value: '数学', label: '数学', count: 3 },
      { value: '英语', label: '英语', count: 1 },
      { value: '音乐', label: '音乐', count: 1 },
    ]);
    expect(facets.organization).toMatchObject([{ label: named('陈静').organizationName, count: 5 }]);
    expect(await titles('', null, { subject: '英语' })).toEqual(['Unit 3 What would you like?']);
    expect(await titles('乘法', null, { point: '乘法分配律' })).toEqual(['期末复习']);
  });

  test.each([
    ['的'],
    ["' & | ! <-> :*"],
    ["'; drop table resource; --"],
    ['\u0000\u202e\ud800'],
    ['乘'.repeat(10_000)],
    ['% _ \\ % '],
    [`${'(('.repeat(500)}`],
  ])('a hostile question is answered: %#', async (q) => {
    expect((await search.search(asking(q), null)).more).toBe(false);
    expect(await suggestionsFor(db, asking(q).q, null)).toEqual(expect.any(Array));
  });

  test('what may not be watched is nowhere: not among hits, counts, suggestions, related', async () => {
    const author = named('陈静');
    const shared = { author, subject: '地理', knowledgePoints: ['火山地貌'] };
    const lessonId = await planDemoLesson(db, seed);
    const open = await publishFor(db, { ...shared, title: '火山公开' });
    await publishFor(db, { ...shared, title: '火山草稿', state: 'draft' });
    await publishFor(db, { ...shared, title: '火山密码', reach: 'password' });
    await publishFor(db, { ...shared, title: '火山登录', reach: 'signedIn' });
    await publishFor(db, { ...shared, title: '火山全县', reach: 'county' });
    await publishFor(db, { ...shared, title: '火山本校', reach: 'school' });
    await publishFor(db, { ...shared, title: '火山本班', reach: 'classes', lessonId });
    await indexer.drain();
    const seen = async (account: Account | null) => {
      const page = await search.search(asking('火山'), account);
      const all = page.hits.map(({ card }) => card.title).sort();
      expect(page.total).toBe(all.length);
      expect(page.facets.subject).toEqual([{ value: '地理', label: '地理', count: all.length }]);
      const hinted = await suggestionsFor(db, 'hs', account);
      expect(
        hinted
          .filter(({ kind }) => kind === 'resource')
          .map(({ text }) => text)
          .sort(),
      ).toEqual(all.slice(0, 7));
      const others = await relatedTo(db, cards, (await resources.find(open))!, account);
      expect([...others.map(({ title }) => title), '火山公开'].sort()).toEqual(all);
      return all;
    };
    expect(await seen(null)).toEqual(['火山公开']);
    expect(await seen(named('石门教学点教室'))).toEqual(
      ['火山公开', '火山全县', '火山本班', '火山登录'].sort(),
    );
    expect(await seen(author)).toEqual(['火山全县', '火山公开', '火山本校', '火山本班', '火山登录'].sort());
  });

  test('what is withdrawn is gone at once, what is changed is found by its new name', async () => {
    const id = await publishFor(db, { title: '量子力学', author: named('陈静') });
    await indexer.drain();
    expect(await titles('lzlx')).toEqual(['量子力学']);
    await resources.change(
      id,
      2,
      { title: '相对论', state: 'published' },
      { byAccountId: null, what: 'edited' },
    );
    await indexer.drain();
    expect([await titles('量子'), await titles('xiangdui')]).toEqual([[], ['相对论']]);
    await resources.change(id, 3, { state: 'withdrawn' }, { byAccountId: null, what: 'withdrawn' });
    expect(await titles('相对论')).toEqual([]);
    expect((await search.search(asking('相对论'), null)).total).toBe(0);
  });

  test('outside its dates it is not found', async () => {
    const id = await publishFor(db, { title: '明天的课', author: named('陈静') });
    await resources.change(
      id,
      2,
      { starts_at: new Date(Date.now() + 86_400_000) },
      { byAccountId: null, what: 'dates' },
    );
    await indexer.drain();
    expect((await search.search(asking('明天的课'), null)).total).toBe(0);
  });

  test('a caption is found with its second, in the time of the programme', async () => {
    const author = named('陈静');
    const lessonId = await planDemoLesson(db, seed);
    const recordingId = newId();
    await new RecordingRepository(db).createOnce(recordingId, lessonId, Date.now());
    const id = await publishFor(db, { title: '无关的题目', author, lessonId });
    const whole = wholeOf(recordingId, lessonId, 600_000);
    const programme = { ...whole, clips: [{ ...whole.clips[0]!, fromMs: 60_000 }] };
    await resources.change(
      id,
      2,
      { programme: JSON.stringify(programme), state: 'published' },
      { byAccountId: null, what: 'edited' },
    );
    await indexer.drain();
    expect(await titles('鸟宿池边树')).toEqual([]);
    const cue = (startMs: number, text: string) => ({ startMs, endMs: startMs + 2_000, speaker: null, text });
    const cues = [cue(30_000, '鸟宿池边树(剪掉)'), cue(90_000, '<b>鸟宿</b>池边树,僧敲月下门')];
    await db
      .insertInto('caption')
      .values({
        id: newId(),
        organization_id: author.organizationId,
        subject_id: lessonId,
        lesson_id: lessonId,
        resource_id: null,
        language: 'zh-CN',
        label: '中文',
        version: 1,
        removed_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
      .then(({ id: caption_id }) =>
        db
          .insertInto('caption_version')
          .values({
            caption_id,
            version: 1,
            cues: JSON.stringify(cues),
            cue_count: 2,
            saved_by: author.accountId,
            saved_at: new Date(),
          })
          .execute(),
      );
    await indexer.drain();
    const { hits } = await search.search(asking('池边树'), null);
    expect(hits.map(({ card }) => card.title)).toEqual(['无关的题目']);
    expect(hits[0]!.moments).toEqual([
      { source: 'caption', atMs: 30_000, page: null, text: '鸟宿池边树,僧敲月下门' },
    ]);

    // What is written after it was handed in is found when it was reviewed, and not before.
    const by = { byAccountId: null, what: 'review' };
    await resources.change(id, 3, { state: 'submitted' }, by);
    await resources.change(id, 4, { state: 'published' }, by);
    const { id: captionId } = await db
      .updateTable('caption')
      .set({ version: 2 })
      .where('lesson_id', '=', lessonId)
      .returning('id')
      .executeTakeFirstOrThrow();
    const later = JSON.stringify([cue(90_000, '没有审过的话')]);
    const saved = { saved_by: author.accountId, saved_at: new Date(Date.now() + 1_000) };
    await db
      .insertInto('caption_version')
      .values({ caption_id: captionId, version: 2, cues: later, cue_count: 1, ...saved })
      .execute();
    await indexer.drain();
    expect((await search.search(asking('没有审过'), null)).total).toBe(0);
    expect((await search.search(asking('池边树'), null)).total).toBe(1);
  });

  test('a play counts once for a viewer and a day, and is what the most played are sorted by', async () => {
    const [first, second] = [
      await publishFor(db, { title: '彩虹甲', author: named('陈静') }),
      await publishFor(db, { title: '彩虹乙', author: named('陈静') }),
    ];
    await indexer.drain();
    expect(await resources.countPlay(second, 'somebody')).toBe(true);
    expect(await resources.countPlay(second, 'somebody')).toBe(false);
    expect((await resources.find(second))!.plays).toBe(1);
    expect(await titles('彩虹', null, { sort: 'plays' })).toEqual(['彩虹乙', '彩虹甲']);
    await resources.countPlay(first, 'a');
    await resources.countPlay(first, 'b');
    expect(await titles('彩虹')).toEqual(['彩虹甲', '彩虹乙']);
  });

  test('made anew from the resources, the index is the same', async () => {
    const before = await search.search(asking(''), named('陈静'));
    await db.deleteFrom('search_entry').execute();
    await indexer.rebuild();
    expect(await indexer.drain()).toBeGreaterThan(10);
    expect(await search.search(asking(''), named('陈静'))).toEqual(before);
  });
});
