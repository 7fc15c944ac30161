import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { findFfmpeg } from '#platform/ffmpeg.ts';
import type { MediaKind } from '#protocol/domain.ts';
import { clockFilm, type Film, filmFromFile } from './film.ts';
import { FilmPlayer } from './film-player.ts';

const ffmpeg = findFfmpeg()!;
let folder: string;
const at = (name: string) => join(folder, name);
const make = (name: string, ...args: string[]) =>
  execFileSync(ffmpeg, ['-v', 'error', '-y', ...args, at(name)]);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'films-'));
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=320x240:r=25:d=1'];
  const sound = ['-f', 'lavfi', '-i', 'sine=d=1'];
  make('both.mkv', ...picture, ...sound);
  make('silent.mp4', ...picture);
  make('voice.mp3', ...sound);
  make('secret.ts', ...picture, '-c:v', 'libx264');
  await writeFile(at('playlist.mp4'), `#EXTM3U\n#EXTINF:1,\n${at('secret.ts')}\n#EXT-X-ENDLIST\n`);
  await writeFile(at('list.mp4'), `ffconcat version 1.0\nfile '${at('secret.ts')}'\n`);
  await writeFile(at('words.mp4'), 'not a film at all');
});
afterAll(() => rm(folder, { recursive: true }));

/** Plays a film for a second and counts what comes out. */
async function play(film: Film): Promise<Record<MediaKind, number>> {
  const packets = { video: 0, audio: 0 };
  const player = await FilmPlayer.start(ffmpeg, film, 1_000, (kind) => {
    packets[kind] += 1;
  });
  await player.done;
  return packets;
}

test.each([
  ['both.mkv', 1_000],
  ['silent.mp4', 1_000],
  ['voice.mp3', 1_000],
])('%s plays with picture and sound', async (name, durationMs) => {
  const film = await filmFromFile(ffmpeg, at(name), '第五课 Lesson: 5, [a] %');
  expect(Math.abs(film.durationMs! - durationMs)).toBeLessThan(100);
  const { video, audio } = await play(film);
  expect(video).toBeGreaterThanOrEqual(25);
  expect(audio).toBeGreaterThanOrEqual(40);
});

test.each([
  ['a clock', clockFilm('唱歌:清晨')],
  ['a clock without any font', clockFilm('x', { latin: null, chinese: null })],
])('%s plays', async (_, film) => {
  const { video, audio } = await play(film);
  expect(video).toBeGreaterThanOrEqual(25);
  expect(audio).toBeGreaterThanOrEqual(40);
});

test.each(['playlist.mp4', 'list.mp4', 'words.mp4'])('%s is refused', async (name) => {
  await expect(filmFromFile(ffmpeg, at(name), 'x')).rejects.toMatchObject({ code: 'NOT_A_FILM' });
});

test('a file that is not there, or a folder, is no film', async () => {
  for (const path of [at('nothing.mp4'), folder])
    await expect(filmFromFile(ffmpeg, path, 'x')).rejects.toMatchObject({ code: 'NO_FILE' });
});

test('what ffmpeg complains of is told', async () => {
  const film = {
    title: 'x',
    durationMs: null,
    inputs: ['-i', at('words.mp4')],
    filters: '[0:v]null[picture];[0:a]anull[sound]',
  };
  const player = await FilmPlayer.start(ffmpeg, film, null, () => {});
  await expect(player.done).rejects.toMatchObject({ code: 'FFMPEG_FAILED' });
});
