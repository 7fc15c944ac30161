import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Config } from '#platform/config.ts';
import { handMadeZip } from '#platform/testing/hand-made-zip.ts';
import { Intake } from '#protocol/intake.ts';
import { type Manifest, PackageReport } from '#protocol/package.ts';
import { TestApp } from '../../testing/app.ts';
import { intakeRoutes } from '../http/intake-routes.ts';
import { packageRoutes } from '../http/package-routes.ts';
import { IntakeRepository } from '../intake/intake-repository.ts';
import { Intakes } from '../intake/intakes.ts';
import { Films } from '../intake/testing/films.ts';
import { Sender, sha256 } from '../intake/testing/sender.ts';
import { readMetadata, writeMetadata } from '../metadata/formats.ts';
import { Metadata } from '../metadata/metadata.ts';
import { ResourceAccess } from '../resource/access.ts';
import { ResourceRepository } from '../resource/resource-repository.ts';
import { PasswordGrants } from '../review/password-grants.ts';
import { Packages } from './packages.ts';
import { ZipReader } from './zip.ts';

let app: TestApp;
let films: Films;
let teacher: Sender;
let foreign: Sender;
let resources: ResourceRepository;
let intakes: Intakes;

beforeAll(async () => {
  app = await TestApp.open(async ({ db, audit, blobs, dataDir, logger }) => {
    resources = new ResourceRepository(db);
    const repository = new IntakeRepository(db);
    const library = { maxMegabytes: 3, keepFreeMegabytes: 0 };
    const config = Config.parse({ dataDir, library });
    const packages = new Packages(db, repository);
    intakes = await Intakes.create({ config, blobs, repository, resources, packages, logger });
    const access = new ResourceAccess(db, resources, new PasswordGrants(db, 'secret'));
    const publicUrl = 'https://library.example.cn';
    return {
      api: [
        intakeRoutes(intakes, repository, logger),
        packageRoutes({ intakes, repository, resources, access, blobs, audit, publicUrl }),
      ],
      close: () => intakes.close(),
    };
  });
  films = new Films(app.parts.dataDir);
  teacher = new Sender(await app.signIn('陈静'));
  foreign = new Sender(await app.signIn('王海燕'));
}, 60_000);
afterAll(() => app.close());

async function picture(mark: string): Promise<Buffer> {
  await films.song();
  return Buffer.concat([await readFile(join(app.parts.dataDir, 'cover.jpg')), Buffer.from(mark)]);
}

/** A title may be longer than one that is made here ever is. */
const lom = (title: string) => {
  const metadata = Metadata.parse({ title: 'TITLE', description: '', catalogue: { subject: '科学' } });
  return Buffer.from(writeMetadata('lom', 'xml', metadata).replace('TITLE', title));
};

interface Entry {
  title: string;
  content: Buffer | null;
  metadata?: Buffer;
  sha256?: string;
}

function packed(entries: Entry[]): Buffer {
  const manifest: Manifest = {
    package: 'three-classrooms',
    version: 1,
    resources: entries.map(({ sha256: claimed }, n) => ({
      metadata: `${n}/metadata.xml`,
      file: { path: `${n}/file.jpg`, name: '图.jpg', ...(claimed && { sha256: claimed }) },
    })),
  };
  return handMadeZip([
    { name: 'manifest.json', content: Buffer.from(JSON.stringify(manifest)) },
    ...entries.flatMap(({ title, content, metadata = lom(title) }, n) => [
      { name: `${n}/metadata.xml`, content: metadata },
      ...(content ? [{ name: `${n}/file.jpg`, content }] : []),
    ]),
  ]);
}

const report = (who: Sender, { intakeId }: Intake) =>
  who.person.get(PackageReport, 'GET', `/api/library/packages/${intakeId}`);
const bringIn = (who: Sender, { intakeId }: Intake, body: object = {}) =>
  who.person.ask('POST', `/api/library/packages/${intakeId}/import`, body);
const titles = async (who: Sender) =>
  (
    await app.db
      .selectFrom('resource')
      .select('title')
      .where('author_id', '=', who.person.accountId)
      .execute()
  ).map(({ title }) => title);

describe('out and in again', () => {
  test('what one school exports another one has, with its catalogue and its bytes', async () => {
    const film = await readFile(await films.ok());
    const sent = [await teacher.bring('课.mp4', film), await teacher.bring('图.jpg', await picture('out'))];
    await teacher.person.ask('POST', '/api/library/intakes/catalogue', {
      intakeIds: [sent[0]!.intakeId],
      title: '两位数乘法',
      description: '第一行\n第二行',
      catalogue: { stage: '小学', subject: '数学', knowledgePoints: ['乘法'] },
      licence: 'CC-BY-4.0',
    });
    const ids = sent.map(({ resourceId }) => resourceId).join(',');
    const response = await fetch(new URL(`/api/library/package?ids=${ids}`, app.origin), {
      headers: { cookie: teacher.person.cookie },
    });
    const zip = Buffer.from(await response.arrayBuffer());
    const arrived = await foreign.bring('资源.zip', zip);
    expect(arrived).toMatchObject({ state: 'ready', kind: 'package', resourceId: null });
    const { rows, imported } = await report(foreign, arrived);
    expect([rows.map(({ title, fate }) => [title, fate]), imported]).toEqual([
      [
        ['两位数乘法', 'new'],
        ['图', 'new'],
      ],
      null,
    ]);
    expect(await titles(foreign)).toEqual([]);
    expect((await bringIn(foreign, arrived)).status).toBe(202);
    await foreign.settled(arrived.intakeId);
    const all = await foreign.person.get(Intake.array(), 'GET', '/api/library/intakes');
    for (const { intakeId } of all) await foreign.settled(intakeId);
    expect((await report(foreign, arrived)).imported).toBe(2);
    const [made] = await app.db
      .selectFrom('resource')
      .select('id')
      .where('title', '=', '两位数乘法')
      .where('author_id', '=', foreign.person.accountId)
      .execute();
    expect(await resources.find(made!.id)).toMatchObject({
      kind: 'film',
      state: 'draft',
      description: '第一行\n第二行',
      licence: 'CC-BY-4.0',
      catalogue: { stage: '小学', subject: '数学', knowledgePoints: ['乘法'] },
      durationMs: 6_000,
    });
    const files = await resources.files(made!.id);
    expect(files.find(({ role }) => role === 'source')?.sha256).toBe(sha256(film));
    expect(files.map(({ role }) => role).sort()).toEqual(['cover', 'playable', 'source']);
    // A second time everything is there already.
    const twice = await foreign.bring('资源.zip', Buffer.concat([zip]));
    expect((await report(foreign, twice)).rows.map(({ fate }) => fate)).toEqual(['same', 'same']);
    expect((await bringIn(foreign, twice)).status).toBe(409);
  }, 90_000);

  test('only what one may export goes out, and only its owner sees a package', async () => {
    const mine = await teacher.bring('我的.jpg', await picture('mine'));
    const at = `/api/library/package?ids=${mine.resourceId}`;
    expect(await foreign.person.code('GET', at)).toBe('NOT_FOUND');
    expect(await app.anonymous().code('GET', at)).toBe('NOT_SIGNED_IN');
    const theirs = await foreign.bring('包.zip', packed([{ title: '一', content: await picture('a') }]));
    expect(await teacher.person.code('GET', `/api/library/packages/${theirs.intakeId}`)).toBe('NOT_FOUND');
    expect((await bringIn(teacher, theirs)).status).toBe(404);
  }, 60_000);
});

test('the dry run says of every row what becomes of it; nothing is brought in while one is refused', async () => {
  const good = await picture('good');
  const bad = await teacher.bring(
    'mixed.zip',
    packed([
      { title: '好的', content: good },
      { title: '又一次', content: good },
      { title: '长'.repeat(10_000), content: await picture('b') },
      { title: '坏的', content: Buffer.from('not a picture') },
      { title: '没有', content: null },
      {
        title: '笑',
        content: await picture('c'),
        metadata: Buffer.from('<!DOCTYPE lom [<!ENTITY a "b">]><lom>&a;</lom>'),
      },
      { title: '改过', content: await picture('d'), sha256: sha256('other') },
    ]),
  );
  const { rows } = await report(teacher, bad);
  expect(rows.map(({ row, fate, failure }) => [row, fate, failure])).toEqual([
    [1, 'new', null],
    [2, 'same', null],
    [3, 'refused', 'TEXT_TOO_LONG'],
    [4, 'refused', 'LIBRARY_FILE_TYPE'],
    [5, 'refused', 'PACKAGE_UNREADABLE'],
    [6, 'refused', 'XML_UNSAFE'],
    [7, 'refused', 'FILE_CHANGED'],
  ]);
  expect((await bringIn(teacher, bad)).status).toBe(409);
  expect(await titles(teacher)).not.toContain('好的');
  expect((await bringIn(teacher, bad, { skipRefused: true })).status).toBe(202);
  await teacher.settled(bad.intakeId);
  expect(await titles(teacher)).toContain('好的');
  expect(await titles(teacher)).not.toContain('又一次');
}, 60_000);

test('a package that breaks off in the middle leaves nothing behind', async () => {
  const before = await titles(teacher);
  const entries = await Promise.all(
    ['p', 'q'].map(async (mark) => ({ title: mark, content: await picture(mark) })),
  );
  const arrived = await teacher.bring('half.zip', packed(entries));
  // What was looked into is not what is brought in: the second file is torn by then.
  const path = intakes.store.pathOf(arrived.intakeId);
  const zip = await ZipReader.open(path);
  expect(zip.has('1/file.jpg')).toBe(true);
  zip.close();
  const content = await readFile(path);
  content.fill(0, content.indexOf('1/file.jpg') + 10, content.indexOf('1/file.jpg') + 200);
  await intakes.store.write(Readable.from([content]), arrived.intakeId, 0);
  await bringIn(teacher, arrived);
  expect(await teacher.settled(arrived.intakeId)).toMatchObject({ state: 'failed' });
  expect(await titles(teacher)).toEqual(before);
  const names = await readdir(join(app.parts.dataDir, 'intake'));
  expect(names.filter((name) => name.includes('-work-'))).toEqual([]);
}, 60_000);

test.each([
  [
    'without a manifest that can be read',
    [{ name: 'manifest.json', content: Buffer.from('{}') }],
    'PACKAGE_UNREADABLE',
  ],
  ['that bursts', [{ name: 'manifest.json', content: Buffer.alloc(60_000_000, 32) }], 'FILE_BOMB'],
])(
  'a package %s is refused',
  async (_, entries, code) => {
    expect(await teacher.bring('bad.zip', handMadeZip(entries))).toMatchObject({
      state: 'failed',
      failure: code,
    });
  },
  60_000,
);

test('metadata of one resource, for who sees it', async () => {
  const mine = await teacher.bring('一张.jpg', await picture('meta'));
  const at = `/api/resources/${mine.resourceId}/metadata`;
  const answer = await teacher.person.ask('GET', `${at}?format=gbt41469&as=xml`);
  expect(readMetadata(Buffer.from(answer.body as string))).toMatchObject({
    title: '一张',
    author: '陈静',
    mime: 'image/jpeg',
    identifier: `oai:library.example.cn:${mine.resourceId}`,
  });
  expect(await foreign.person.code('GET', at)).toBe('NOT_FOUND');
}, 60_000);
