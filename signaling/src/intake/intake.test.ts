import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Config } from '#platform/config.ts';
import { SignedAddresses } from '#platform/signed-address.ts';
import { handMadePdf } from '#platform/testing/hand-made-pdf.ts';
import { handMadeZip, SLIDES } from '#platform/testing/hand-made-zip.ts';
import { Intake, Known, ResourceFiles } from '#protocol/intake.ts';
import { TestApp, type TestParts } from '../../testing/app.ts';
import { fileRoutes } from '../http/file-routes.ts';
import { intakeRoutes } from '../http/intake-routes.ts';
import { signedRoutes } from '../http/signed-routes.ts';
import type { Programmes } from '../media/programmes.ts';
import { Packages } from '../package/packages.ts';
import { ResourceAccess } from '../resource/access.ts';
import { ResourceRepository } from '../resource/resource-repository.ts';
import { PasswordGrants } from '../review/password-grants.ts';
import { IntakeRepository } from './intake-repository.ts';
import { Intakes } from './intakes.ts';
import { Films } from './testing/films.ts';
import { Sender, sha256 } from './testing/sender.ts';

let app: TestApp;
let films: Films;
let teacher: Sender;
let intakes: Intakes;
let repository: IntakeRepository;
let resources: ResourceRepository;
let restart: () => Promise<void>;
const config = Config.parse({ library: { maxMegabytes: 3, maxFilmMinutes: 60, keepFreeMegabytes: 0 } });

async function open(parts: TestParts) {
  repository = new IntakeRepository(parts.db);
  resources = new ResourceRepository(parts.db);
  const { blobs, logger } = parts;
  return await Intakes.create({
    config: { ...config, dataDir: parts.dataDir },
    blobs,
    repository,
    resources,
    packages: new Packages(parts.db, repository),
    logger,
  });
}

beforeAll(async () => {
  app = await TestApp.open(async (parts) => {
    intakes = await open(parts);
    // The routes stay, what is behind them is begun anew: as after the death of the process.
    const current = new Proxy({} as Intakes, {
      get: (_, name) => {
        const value = Reflect.get(intakes, name);
        return typeof value === 'function' ? value.bind(intakes) : value;
      },
    });
    restart = async () => {
      const old = intakes;
      intakes = await open(parts);
      await old.close();
    };
    const access = new ResourceAccess(parts.db, resources, new PasswordGrants(parts.db, 'secret'));
    const addresses = new SignedAddresses('secret', 60);
    return {
      api: [intakeRoutes(current, repository, parts.logger), fileRoutes({ resources, access, addresses })],
      media: [signedRoutes(addresses, parts.blobs, {} as Programmes)],
      close: () => intakes.close(),
    };
  });
  films = new Films(app.parts.dataDir);
  teacher = new Sender(await app.signIn('陈静'));
}, 60_000);
afterAll(() => app.close());

/** Some picture; another one for another `mark`. */
async function picture(mark: string): Promise<Buffer> {
  await films.song();
  return Buffer.concat([await readFile(join(app.parts.dataDir, 'cover.jpg')), Buffer.from(mark)]);
}

const filesOf = async (intake: Intake) => await resources.files(intake.resourceId!);

describe('a film', () => {
  test('comes in pieces, over a death of the process, and becomes a draft with all that pages show', async () => {
    const film = await readFile(await films.ok());
    const { intakeId } = await teacher.begin('两位数乘法 (微课).mp4', film.length);
    expect(await teacher.send(intakeId, 0, film.subarray(0, 100_000))).toBeNull();
    expect(await teacher.find(intakeId)).toMatchObject({ state: 'receiving', receivedBytes: 100_000 });
    await restart();
    expect(await teacher.offset(intakeId)).toBe(100_000);
    expect(await teacher.send(intakeId, 50_000, film.subarray(50_000))).toBe('OVERTAKEN');
    expect(await teacher.send(intakeId, 100_000, film.subarray(100_000))).toBeNull();
    const done = await teacher.settled(intakeId);
    expect(done).toMatchObject({ state: 'ready', kind: 'film', failure: null, notices: [] });
    const resource = await resources.find(done.resourceId!);
    expect(resource).toMatchObject({ title: '两位数乘法 (微课)', state: 'draft', durationMs: 6_000 });
    const files = await filesOf(done);
    expect(files.map(({ role }) => role).sort()).toEqual(['cover', 'playable', 'source']);
    const source = files.find(({ role }) => role === 'source')!;
    expect([source.sha256, source.bytes]).toEqual([sha256(film), film.length]);
    const { blobKey } = files.find(({ role }) => role === 'playable')!;
    const list = await text(await app.parts.blobs.open(blobKey.replace('master', 'index')));
    for (const [, name] of list.matchAll(/^(\d+\.m4s)$/gm))
      expect((await app.parts.blobs.info(blobKey.replace('master.m3u8', name!))).bytes).toBeGreaterThan(0);
    const at = `/api/resources/${done.resourceId}/files`;
    const shown = await teacher.person.get(ResourceFiles, 'GET', at);
    const nobody = app.anonymous();
    expect((await nobody.ask('GET', shown.playable!.replace('master', 'index'))).body).toContain(
      '#EXT-X-ENDLIST',
    );
    expect((await nobody.ask('GET', shown.source!.path)).headers.get('content-disposition')).toBe(
      'attachment',
    );
    expect(await nobody.code('GET', shown.playable!.replace('/files/', '/recordings/'))).toBe(
      'ADDRESS_EXPIRED',
    );
    for (const name of ['刘小雨', '王海燕'])
      expect(await (await app.signIn(name)).code('GET', at)).toBe('NOT_FOUND');
  }, 60_000);

  test('that had come whole when the process died is looked into by the next', async () => {
    const song = await readFile(await films.audioOnly());
    const { intakeId } = await teacher.begin('听力.mp3', song.length);
    await intakes.store.write(Readable.from([song]), intakeId, 0);
    await restart();
    expect(await teacher.settled(intakeId)).toMatchObject({ state: 'ready', notices: ['audioOnly'] });
  }, 60_000);
});

test('PDF, slides and pictures become drafts of their kind', async () => {
  const pdf = await teacher.bring('第5单元.pdf', handMadePdf(['Unit 5', 'b']));
  expect(pdf).toMatchObject({ state: 'ready', kind: 'document' });
  expect((await filesOf(pdf)).map(({ role }) => role).sort()).toEqual(['cover', 'source']);
  const image = await teacher.bring('板书.jpg', await picture('board'));
  expect(image).toMatchObject({ state: 'ready', kind: 'image' });
}, 60_000);

describe('refused with a reason, and nothing of it kept', () => {
  const bomb = handMadeZip([...SLIDES, { name: 'ppt/media/a.bin', content: Buffer.alloc(60_000_000) }]);
  test.each<[string, string, () => Promise<Uint8Array> | Uint8Array]>([
    [
      'a playlist that is called a film',
      'FILE_PLAYLIST',
      async () => readFile(await films.playlist('file:///etc/passwd')),
    ],
    ['a cut off film', 'FILE_TRUNCATED', async () => readFile(await films.truncated())],
    ['a bomb of slides', 'FILE_BOMB', () => bomb],
    ['a program', 'LIBRARY_FILE_TYPE', () => Buffer.from('#!/bin/sh\necho hello\n')],
    ['a drawing with scripts', 'FILE_SVG', () => Buffer.from('<svg xmlns="x"><script>1</script></svg>')],
    ['a page', 'LIBRARY_FILE_TYPE', () => Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['noise', 'LIBRARY_FILE_TYPE', () => Buffer.alloc(2_000, 7)],
    [
      'a zip of something',
      'LIBRARY_FILE_TYPE',
      () => handMadeZip([{ name: 'a.txt', content: Buffer.from('a') }]),
    ],
  ])(
    '%s',
    async (_, code, content) => {
      const intake = await teacher.bring('film.mp4', await content());
      expect(intake).toMatchObject({ state: 'failed', failure: code, resourceId: null });
      expect(await intakes.store.received(intake.intakeId)).toBe(0);
    },
    60_000,
  );

  test('before its first byte: empty, too large, from a pupil or nobody', async () => {
    expect((await teacher.begin('a.mp4', 0)).code).toBe('FILE_EMPTY');
    expect((await teacher.begin('a.mp4', 3_000_001)).code).toBe('LIBRARY_FILE_TOO_LARGE');
    expect((await new Sender(await app.signIn('刘小雨')).begin('a.mp4', 10)).code).toBe('FORBIDDEN');
    expect((await new Sender(app.anonymous()).begin('a.mp4', 10)).code).toBe('NOT_SIGNED_IN');
  });
});

describe('the same content', () => {
  let content: Buffer;
  let asked: { name: string; bytes: number; sha256: string };
  let first: Intake;
  beforeAll(async () => {
    content = await picture('twice');
    asked = { name: 'again.jpg', bytes: content.length, sha256: sha256(content) };
    first = await teacher.bring('once.jpg', content);
  }, 60_000);

  test('is kept once: who shows to have it is done at once', async () => {
    const colleague = await app.signIn('周明');
    const known = await colleague.get(Known, 'POST', '/api/library/known', asked);
    const { nonce, fromByte, toByte } = known.prove!;
    const proof = { sha256: sha256(nonce, content.subarray(fromByte, toByte)) };
    const at = `/api/library/intakes/${known.intake!.intakeId}/proof`;
    const done = await colleague.get(Intake, 'POST', at, proof);
    expect(done).toMatchObject({ state: 'ready', notices: ['shared'] });
    expect(done.resourceId).not.toBe(first.resourceId);
    expect((await filesOf(done)).map(({ blobKey }) => blobKey).sort()).toEqual(
      (await filesOf(first)).map(({ blobKey }) => blobKey).sort(),
    );
  });

  test('is not given to who only knows its name', async () => {
    const colleague = await app.signIn('周明');
    const known = await colleague.get(Known, 'POST', '/api/library/known', asked);
    const at = `/api/library/intakes/${known.intake!.intakeId}/proof`;
    expect(await colleague.code('POST', at, { sha256: asked.sha256 })).toBe('FILE_CHANGED');
    expect(await colleague.code('POST', at, { sha256: asked.sha256 })).toBe('NOT_FOUND');
  });

  test('is never told of to another school, which keeps its own', async () => {
    const foreign = await app.signIn('王海燕');
    expect(await foreign.get(Known, 'POST', '/api/library/known', asked)).toEqual({
      intake: null,
      prove: null,
    });
    const own = await new Sender(foreign).bring('own.jpg', content);
    expect(own.notices).toEqual([]);
    const keys = (await filesOf(first)).map(({ blobKey }) => blobKey);
    for (const { blobKey } of await filesOf(own)) expect(keys).not.toContain(blobKey);
  }, 60_000);

  test('sent whole all the same is kept once; taken back, it stays for who else uses it', async () => {
    const again = await teacher.bring('thrice.jpg', content);
    expect(again.notices).toEqual(['shared']);
    const source = (await filesOf(again)).find(({ role }) => role === 'source')!;
    const at = (one: Intake) => `/api/library/intakes/${one.intakeId}/withdraw`;
    expect(await teacher.person.code('POST', at(again))).toBeNull();
    expect(await resources.find(again.resourceId!)).toBeNull();
    expect((await app.parts.blobs.info(source.blobKey)).bytes).toBe(content.length);
  }, 60_000);

  test('and the last one taken back takes its blobs along', async () => {
    const lone = await teacher.bring('lone.jpg', await picture('lone'));
    const files = await filesOf(lone);
    await teacher.person.ask('POST', `/api/library/intakes/${lone.intakeId}/withdraw`);
    for (const { blobKey } of files)
      await expect(app.parts.blobs.info(blobKey)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  }, 60_000);
});

test('what is written about many files while they come is in their drafts', async () => {
  const sent = await picture('fields');
  const { intakeId } = await teacher.begin('fields.jpg', sent.length);
  const fields = {
    intakeIds: [intakeId],
    title: '两位数乘法',
    description: '练习',
    catalogue: { stage: '小学', grade: '三年级', subject: '数学', knowledgePoints: ['乘法'] },
    licence: 'CC-BY-4.0',
  };
  const catalogue = '/api/library/intakes/catalogue';
  expect(await teacher.person.code('POST', catalogue, fields)).toBeNull();
  await teacher.send(intakeId, 0, sent);
  const { resourceId } = await teacher.settled(intakeId);
  expect(await resources.find(resourceId!)).toMatchObject({
    title: '两位数乘法',
    licence: 'CC-BY-4.0',
    catalogue: { grade: '三年级', subject: '数学', knowledgePoints: ['乘法'], edition: null },
  });
  await teacher.person.ask('POST', catalogue, { intakeIds: [intakeId], title: '新标题' });
  expect((await resources.find(resourceId!))?.title).toBe('新标题');
  const long = { intakeIds: [intakeId], title: '长'.repeat(10_000) };
  expect(await teacher.person.code('POST', catalogue, long)).toBe('TEXT_TOO_LONG');
  expect(await teacher.person.code('POST', catalogue, { ...long, title: '长'.repeat(121) })).toBe(
    'TEXT_TOO_LONG',
  );
}, 60_000);

test('nobody else finds, sends to, describes or takes back an upload', async () => {
  const { intakeId } = await teacher.begin('mine.pdf', 100);
  for (const name of ['周明', '马建国', '王海燕']) {
    const other = new Sender(await app.signIn(name));
    const at = `/api/library/intakes/${intakeId}`;
    expect(await other.person.code('GET', at)).toBe('NOT_FOUND');
    expect(await other.person.code('POST', `${at}/withdraw`)).toBe('NOT_FOUND');
    expect(await other.person.code('POST', '/api/library/intakes/catalogue', { intakeIds: [intakeId] })).toBe(
      'NOT_FOUND',
    );
    expect(await other.send(intakeId, 0, Buffer.alloc(10))).toBe('NOT_FOUND');
    expect(await other.person.code('DELETE', `/api/library/uploads/${intakeId}`)).toBe('NOT_FOUND');
    expect(await other.person.get(Intake.array(), 'GET', '/api/library/intakes')).not.toContainEqual(
      expect.objectContaining({ intakeId }),
    );
  }
  expect(await teacher.person.code('GET', `/api/library/uploads/${intakeId}`)).toBe('NOT_FOUND');
});

test('an upload that nobody goes on with is removed after a day', async () => {
  const { intakeId } = await teacher.begin('left.pdf', 100);
  await teacher.send(intakeId, 0, Buffer.alloc(10));
  expect(await intakes.sweep(new Date(Date.now() + 23 * 3_600_000))).toBe(0);
  expect(await intakes.sweep(new Date(Date.now() + 25 * 3_600_000))).toBeGreaterThan(0);
  expect(await teacher.person.code('GET', `/api/library/intakes/${intakeId}`)).toBe('NOT_FOUND');
  expect(await intakes.store.received(intakeId)).toBe(0);
});

/* A real small disk: mounting one takes root on Linux. */
const disk = join('/tmp', `small-intake-${process.pid}`);
let full: TestApp | undefined;
let mounted = false;
try {
  mkdirSync(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk], { stdio: 'ignore' });
  mounted = true;
} catch {
  process.stderr.write('the full disk is skipped: mounting a tmpfs needs root on Linux\n');
}
afterAll(async () => {
  await full?.close();
  if (mounted) execFileSync('umount', ['-l', disk]);
  await rm(disk, { recursive: true, force: true });
});

(mounted ? test : test.skip)(
  'a full disk is said before or in the middle, and the upload goes on when there is room',
  async () => {
    let small!: Intakes;
    full = await TestApp.open(async (parts) => {
      const rows = new IntakeRepository(parts.db);
      const { blobs, logger } = parts;
      const drafts = new ResourceRepository(parts.db);
      const made = {
        config: { ...config, dataDir: disk },
        blobs,
        repository: rows,
        resources: drafts,
        packages: new Packages(parts.db, rows),
        logger,
      };
      small = await Intakes.create(made);
      return { api: [intakeRoutes(small, rows, logger)], close: () => small.close() };
    });
    const sender = new Sender(await full.signIn('陈静'));
    expect((await sender.begin('large.mp4', 2_900_000)).code).toBe('STORAGE_FULL');
    const content = Buffer.concat([await picture('full'), Buffer.alloc(1_000_000, 0x20)]);
    const { intakeId } = await sender.begin('full.jpg', content.length);
    await writeFile(join(disk, 'ballast'), Buffer.alloc(1_500_000));
    expect(await sender.send(intakeId, 0, content)).toBe('STORAGE_FULL');
    const there = await sender.offset(intakeId);
    expect(there).toBeGreaterThan(0);
    await rm(join(disk, 'ballast'));
    expect(await sender.send(intakeId, there, content.subarray(there))).toBeNull();
    expect(await sender.settled(intakeId)).toMatchObject({ state: 'ready', kind: 'image' });
  },
  60_000,
);
