import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Router } from 'express';
import type { Reach, ResourceState } from '#protocol/resource.ts';
import { TestApp } from '../../testing/app.ts';
import { childrenOf, parseXml, type Tree, textAt } from '../metadata/xml.ts';
import { ResourceRepository } from '../resource/resource-repository.ts';
import { HarvestRepository } from './harvest-repository.ts';
import { oaiRouter } from './oai-router.ts';

/* The rules are those of http://www.openarchives.org/OAI/openarchivesprotocol.html, section by section. */

let app: TestApp;
let resources: ResourceRepository;
let teacherId: string;
let organizationId: string;
const ids = new Map<string, string>();
const HOST = 'https://library.example.cn';

async function made(title: string, reach: Reach, state: ResourceState, updated: string, subject = '数学') {
  const id = await resources.create({
    organizationId,
    kind: 'film',
    lessonId: null,
    authorId: teacherId,
    title,
    description: '<练习> & "复习"',
    programme: null,
    durationMs: 61_000,
    catalogue: { subject, grade: '三年级', knowledgePoints: ['乘法'] },
  });
  await set(id, { reach, state, updated });
  ids.set(title, id);
  return id;
}

async function set(
  id: string,
  { reach, state, updated }: { reach: Reach; state: ResourceState; updated: string },
) {
  const at = new Date(updated);
  await app.db
    .updateTable('resource')
    .set({ reach, state, updated_at: at, published_at: at, licence: 'CC-BY-NC-SA-4.0' })
    .where('id', '=', id)
    .execute();
}

beforeAll(async () => {
  app = await TestApp.open(({ db, logger }) => {
    resources = new ResourceRepository(db);
    const oai = oaiRouter({
      repository: new HarvestRepository(db),
      name: '清河县教育资源库',
      adminEmail: 'admin@library.example.cn',
      publicUrl: HOST,
      logger,
      pageSize: 3,
    });
    return { api: [Router().use('/oai', oai)] };
  });
  const teacher = await app.signIn('陈静');
  teacherId = teacher.accountId;
  organizationId = teacher.account!.organizationId;
  for (let day = 1; day <= 7; day += 1)
    await made(`第${day}课`, day % 2 ? 'public' : 'county', 'published', `2026-03-0${day}T08:00:00.400Z`);
  await made('音乐', 'public', 'published', '2026-03-08T08:00:00Z', '音乐');
  await made('校内', 'school', 'published', '2026-03-02T08:00:00Z');
  await made('草稿', 'public', 'draft', '2026-03-02T08:00:00Z');
  await made('登录才能看', 'signedIn', 'published', '2026-03-02T08:00:00Z');
}, 60_000);
afterAll(() => app.close());

async function ask(query: string | Record<string, string>, method = 'GET'): Promise<Tree> {
  const text = typeof query === 'string' ? query : new URLSearchParams(query).toString();
  const answer =
    method === 'GET'
      ? await app.anonymous().ask('GET', `/api/oai?${text}`)
      : await app
          .anonymous()
          .ask('POST', '/api/oai', text, { 'content-type': 'application/x-www-form-urlencoded' });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/xml; charset=utf-8']);
  return childrenOf(parseXml(answer.body as string), 'OAI-PMH')[0] as Tree;
}
const errorOf = (tree: Tree) => (tree.error as Tree | undefined)?.['@code'] ?? null;
const identifiers = (tree: Tree) =>
  childrenOf(tree.ListIdentifiers, 'header').map((header) => textAt(header, 'identifier')!.split(':').at(-1));
const named = (...titles: string[]) => titles.map((title) => ids.get(title));
const id = (title: string) => `oai:library.example.cn:${ids.get(title)}`;
const LIST = { verb: 'ListIdentifiers', metadataPrefix: 'oai_dc' };

test('Identify: who this is, and what it promises', async () => {
  const tree = await ask('verb=Identify');
  expect(tree['@xmlns']).toBeUndefined();
  const [identify] = childrenOf(tree, 'Identify');
  expect(identify).toMatchObject({
    repositoryName: '清河县教育资源库',
    baseURL: `${HOST}/oai`,
    protocolVersion: '2.0',
    adminEmail: 'admin@library.example.cn',
    earliestDatestamp: '2026-03-01T08:00:00Z',
    deletedRecord: 'persistent',
    granularity: 'YYYY-MM-DDThh:mm:ssZ',
  });
  expect(tree.request).toEqual({ '@verb': 'Identify', '#text': `${HOST}/oai` });
  expect(textAt(tree, 'responseDate')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
});

test('ListMetadataFormats, ListSets', async () => {
  const formats = childrenOf((await ask('verb=ListMetadataFormats')).ListMetadataFormats, 'metadataFormat');
  expect(formats.map((format) => textAt(format, 'metadataPrefix'))).toEqual(['oai_dc', 'lom']);
  const own = await ask({ verb: 'ListMetadataFormats', identifier: id('第1课') });
  expect(childrenOf(own.ListMetadataFormats, 'metadataFormat')).toHaveLength(2);
  const sets = childrenOf((await ask('verb=ListSets')).ListSets, 'set').map((one) => textAt(one, 'setSpec'));
  expect(sets).toContain(`school:${organizationId}`);
  expect(sets).toContain(`subject:${Buffer.from('数学').toString('hex')}`);
});

describe('GetRecord', () => {
  test('as Dublin Core', async () => {
    const tree = await ask({ verb: 'GetRecord', identifier: id('第1课'), metadataPrefix: 'oai_dc' });
    const [record] = childrenOf(tree.GetRecord, 'record');
    expect(textAt(record, 'header', 'datestamp')).toBe('2026-03-01T08:00:00Z');
    expect(childrenOf(record, 'metadata')[0]).toMatchObject({
      dc: {
        title: '第1课',
        creator: '陈静',
        subject: ['三年级', '数学', '乘法'],
        description: '<练习> & "复习"',
        type: 'MovingImage',
        rights: 'https://creativecommons.org/licenses/by-nc-sa/4.0/',
        identifier: `${HOST}/resources/${ids.get('第1课')}`,
      },
    });
  });

  test('as LOM', async () => {
    const tree = await ask({ verb: 'GetRecord', identifier: id('第1课'), metadataPrefix: 'lom' });
    const [record] = childrenOf(tree.GetRecord, 'record');
    const [lom] = childrenOf(childrenOf(record, 'metadata')[0], 'lom');
    expect(textAt(childrenOf(lom, 'general')[0], 'title', 'string')).toBe('第1课');
    expect(textAt(childrenOf(lom, 'technical')[0], 'duration', 'duration')).toBe('PT61S');
  });
});

describe('selective harvesting', () => {
  test('only what was reviewed and is open to the county or to all, the oldest change first', async () => {
    const all: (string | undefined)[] = [];
    let tree = await ask(LIST);
    for (;;) {
      all.push(...identifiers(tree));
      const token = textAt(tree.ListIdentifiers, 'resumptionToken');
      if (!token) break;
      // Asked twice, a token gives the same.
      const again = { verb: 'ListIdentifiers', resumptionToken: token };
      tree = await ask(again);
      expect(identifiers(await ask(again, 'POST'))).toEqual(identifiers(tree));
    }
    expect(all).toEqual(named('第1课', '第2课', '第3课', '第4课', '第5课', '第6课', '第7课', '音乐'));
    const last = childrenOf(tree.ListIdentifiers, 'resumptionToken')[0] as Tree;
    expect([last['@completeListSize'], last['@cursor'], last['#text']]).toEqual(['8', '6', undefined]);
  });

  test.each([
    [{ from: '2026-03-06' }, ['第6课', '第7课', '音乐']],
    [{ from: '2026-03-06T08:00:00Z', until: '2026-03-07T08:00:00Z' }, ['第6课', '第7课']],
    [{ from: '2026-03-06T08:00:01Z', until: '2026-03-07T07:59:59Z' }, []],
    [{ until: '2026-03-02' }, ['第1课', '第2课']],
    [{ from: '2026-03-07', until: '2026-03-07' }, ['第7课']],
    [{ set: `subject:${Buffer.from('音乐').toString('hex')}` }, ['音乐']],
    [{ set: 'kind:image' }, []],
    [{ set: 'nothing:here' }, []],
  ])('%j', async (narrow, titles) => {
    const tree = await ask({ ...LIST, ...narrow });
    if (titles.length === 0) expect(errorOf(tree)).toBe('noRecordsMatch');
    else expect(identifiers(tree)).toEqual(named(...titles));
  });
});

describe('deleted records are told for ever', () => {
  const state = async (title: string) => {
    const tree = await ask({ verb: 'GetRecord', identifier: id(title), metadataPrefix: 'oai_dc' });
    const [record] = childrenOf(tree.GetRecord, 'record');
    return [
      (childrenOf(record, 'header')[0] as Tree | undefined)?.['@status'] ?? errorOf(tree) ?? 'there',
      childrenOf(record, 'metadata').length,
    ];
  };

  test('withdrawn, narrowed, past its end, deleted; and there again when it is published anew', async () => {
    for (const title of ['撤回', '收窄', '过期', '删除', '回来'])
      await made(title, 'public', 'published', '2026-04-01T00:00:00Z');
    await set(ids.get('撤回')!, { reach: 'public', state: 'withdrawn', updated: '2026-04-02T00:00:00Z' });
    await set(ids.get('收窄')!, { reach: 'school', state: 'published', updated: '2026-04-02T00:00:00Z' });
    const ended = new Date('2026-04-03T00:00:00Z');
    await app.db.updateTable('resource').set({ ends_at: ended }).where('id', '=', ids.get('过期')!).execute();
    await app.db.deleteFrom('resource').where('id', '=', ids.get('删除')!).execute();
    await set(ids.get('回来')!, { reach: 'public', state: 'withdrawn', updated: '2026-04-02T00:00:00Z' });
    for (const title of ['撤回', '收窄', '过期', '删除', '回来'])
      expect(await state(title)).toEqual(['deleted', 0]);
    const gone = await ask({ ...LIST, from: '2026-04-02' });
    const first = childrenOf(gone.ListIdentifiers, 'header')[0] as Tree;
    expect([first['@status'], first.datestamp]).toEqual(['deleted', '2026-04-03T00:00:00Z']);
    await set(ids.get('回来')!, { reach: 'public', state: 'published', updated: '2026-04-05T00:00:00Z' });
    expect(await state('回来')).toEqual(['there', 1]);
  });

  test('what was never open is not even known', async () => {
    await set(ids.get('校内')!, { reach: 'school', state: 'withdrawn', updated: '2026-04-02T00:00:00Z' });
    for (const title of ['校内', '草稿', '登录才能看'])
      expect(await state(title)).toEqual(['idDoesNotExist', 0]);
  });
});

describe('errors', () => {
  test.each<[string, string]>([
    ['', 'badVerb'],
    ['verb=', 'badVerb'],
    ['verb=Everything', 'badVerb'],
    ['verb=identify', 'badVerb'],
    ['verb=Identify&verb=Identify', 'badVerb'],
    ['verb=toString', 'badVerb'],
    ['verb=Identify&set=a', 'badArgument'],
    ['verb=ListRecords', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&fruit=apple', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=yesterday', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-30', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=2026-13-01', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=2026-03-01T00:00:00', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=2026-03-01T25:00:00Z', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=2026-03-01&until=2026-03-02T00:00:00Z', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=2026-03-02&until=2026-03-01', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&set=%3Cscript%3E', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=marc21', 'cannotDisseminateFormat'],
    ['verb=ListRecords&resumptionToken=junk', 'badResumptionToken'],
    ['verb=ListRecords&resumptionToken=e30', 'badResumptionToken'],
    ['verb=ListRecords&resumptionToken=e30&metadataPrefix=oai_dc', 'badArgument'],
    ['verb=ListSets&resumptionToken=junk', 'badResumptionToken'],
    ['verb=GetRecord&metadataPrefix=oai_dc', 'badArgument'],
    ['verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:other.cn:AAAAAAAAAAAAAAAAAAAAAA', 'idDoesNotExist'],
    ['verb=GetRecord&metadataPrefix=oai_dc&identifier=%00', 'idDoesNotExist'],
    ['verb=ListMetadataFormats&identifier=x', 'idDoesNotExist'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=1066-01-01&until=1066-01-02', 'noRecordsMatch'],
  ])('%s', async (query, code) => {
    const tree = await ask(query);
    expect(errorOf(tree)).toBe(code);
    // What was not understood is not repeated in the answer.
    if (code === 'badVerb' || code === 'badArgument') expect(tree.request).toBe(`${HOST}/oai`);
    else expect((tree.request as Tree)['@verb']).toBeDefined();
  });
});
