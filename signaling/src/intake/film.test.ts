import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AppError } from '#protocol/errors.ts';
import { makeHls } from './film-hls.ts';
import { fitInto, planFilm } from './film-plan.ts';
import { type FilmFacts, probeFilm } from './film-probe.ts';
import { FFMPEG, Films } from './testing/films.ts';

let folder: string;
let films: Films;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'films-'));
  films = new Films(folder);
});
afterAll(() => rm(folder, { recursive: true }));

const look = (path: string) => probeFilm(FFMPEG, path, { maxSeconds: 3_600 });
const plan = async (path: string) => planFilm(await look(path), (await stat(path)).size);
const code = async (work: Promise<unknown>): Promise<string | null> =>
  await work.then(
    () => null,
    (error: unknown) => AppError.from(error).code,
  );

async function made(path: string) {
  const facts = await look(path);
  const how = planFilm(facts, (await stat(path)).size);
  const target = await mkdtemp(join(folder, 'hls-'));
  const film = await makeHls(how, {
    ffmpeg: FFMPEG,
    path,
    folder: join(target, 'film'),
    durationMs: facts.durationMs,
  });
  if (!film) throw new Error('the film was not cut');
  return {
    how,
    film,
    facts,
    again: await look(
      await joined(
        film.folder,
        film.parts.map(({ name }) => name),
      ),
    ),
  };
}

/** Init segment and segments one after the other are a film again. */
async function joined(at: string, names: string[]): Promise<string> {
  const parts = names.filter((name) => !name.endsWith('.m3u8'));
  const whole = join(at, 'whole.mp4');
  await writeFile(whole, Buffer.concat(await Promise.all(parts.map((name) => readFile(join(at, name))))));
  return whole;
}

describe('a film that browsers play', () => {
  test('is cut without being made anew, to its last moment', async () => {
    const { how, film, again } = await made(await films.ok());
    expect(how).toMatchObject({ video: 'copy', audio: 'copy', notices: [] });
    expect(film.parts.map(({ name }) => name)).toEqual([
      'init-0.mp4',
      '000000.m4s',
      '000001.m4s',
      'index.m3u8',
      'master.m3u8',
    ]);
    expect(film.durationMs).toBe(6_000);
    expect(Math.abs(again.durationMs - 6_000)).toBeLessThan(100);
    const master = await readFile(join(film.folder, 'master.m3u8'), 'utf8');
    expect(master).toMatch(/CODECS="avc1\.42c0[0-9a-f]{2},mp4a\.40\.2",RESOLUTION=320x180\nindex\.m3u8/);
    expect(film.parts[1]!.sha256).toMatch(/^[0-9a-f]{64}$/);
  }, 30_000);

  test('of changing picture rate keeps its pace', async () => {
    const { how, again } = await made(await films.variableRate());
    expect(how.video).toBe('copy');
    expect(Math.abs(again.durationMs - 6_000)).toBeLessThan(300);
  }, 30_000);
});

describe('a film that browsers do not play', () => {
  test('turned by a phone is set upright', async () => {
    const { how, again } = await made(await films.rotated());
    expect(how).toMatchObject({ video: 'encode', width: 180, height: 320, notices: ['reencoded'] });
    expect(again.video).toMatchObject({ codec: 'h264', width: 180, height: 320, rotation: 0 });
  }, 30_000);

  test('in another format is made anew', async () => {
    const { how, again } = await made(await films.webm());
    expect(how).toMatchObject({ video: 'encode', audio: 'copy', notices: ['reencoded'] });
    expect(again).toMatchObject({ video: { codec: 'h264' }, audio: { codec: 'opus' } });
  }, 30_000);

  test('with sound alone, cover or not, is taken as sound, and that is said', async () => {
    for (const path of [await films.audioOnly(), await films.song()]) {
      const { how, film, again } = await made(path);
      expect(how).toMatchObject({ video: 'none', audio: 'encode', notices: ['audioOnly'] });
      expect(again).toMatchObject({ video: null, audio: { codec: 'aac' } });
      expect(Math.abs(film.durationMs - 3_000)).toBeLessThan(200);
    }
  }, 30_000);
});

describe('refused with a reason', () => {
  test.each([
    ['8K', () => films.eightK(), 'FILM_PICTURE_TOO_LARGE'],
    ['ten hours', () => films.tenHours(), 'FILM_TOO_LONG'],
    ['cut off', () => films.truncated(), 'FILE_TRUNCATED'],
    ['without its head', () => films.headless(), 'FILE_UNREADABLE'],
    ['empty', () => films.empty(), 'FILE_UNREADABLE'],
  ])(
    '%s',
    async (_, film, expected) => {
      expect(await code(film().then(plan))).toBe(expected);
    },
    30_000,
  );

  test('a playlist in disguise opens nothing: no file, no address, no other film', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const other = await films.ok();
    for (const name of [
      `file://${other}`,
      other,
      `http://127.0.0.1:${port}/secret.ts`,
      'ok.mp4',
      `concat:${other}`,
    ])
      expect(await code(look(await films.playlist(name)))).toBe('FILE_UNREADABLE');
    expect(asked).toEqual([]);
    server.close();
  }, 30_000);
});

describe('the plan', () => {
  const facts: FilmFacts = {
    video: {
      codec: 'h264',
      profile: 'High',
      pixelFormat: 'yuv420p',
      width: 1920,
      height: 1080,
      fps: 30,
      rotation: 0,
      interlaced: false,
    },
    audio: { codec: 'aac' },
    durationMs: 60_000,
    claimedMs: 60_000,
  };
  const video = facts.video!;
  test.each([
    [
      { ...video, width: 3840, height: 2160 },
      { width: 1920, height: 1080, notices: ['reencoded', 'scaled'] },
    ],
    [{ ...video, profile: 'High 4:2:2', pixelFormat: 'yuv422p' }, { video: 'encode' }],
    [{ ...video, pixelFormat: 'yuv420p10le' }, { video: 'encode' }],
    [{ ...video, interlaced: true }, { video: 'encode' }],
    [{ ...video, codec: 'hevc' }, { video: 'encode' }],
    [{ ...video, width: 1080, height: 1920 }, { video: 'copy' }],
  ])('%j', (picture, expected) => {
    expect(planFilm({ ...facts, video: picture }, 10_000_000)).toMatchObject(expected);
  });

  test('a film too heavy for a school line is made lighter', () => {
    expect(planFilm(facts, 200_000_000).video).toBe('encode');
  });

  test('sizes are even and keep their shape', () => {
    expect(fitInto(3840, 2160)).toEqual({ width: 1920, height: 1080 });
    expect(fitInto(2160, 3840)).toEqual({ width: 1080, height: 1920 });
    expect(fitInto(641, 361)).toEqual({ width: 640, height: 360 });
  });
});
