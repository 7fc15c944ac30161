import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mediaSecret } from '#platform/signed-address.ts';
import { Programme } from '#protocol/programme.ts';
import { Replay, StreamAddress, Thumbnails } from '#protocol/rest.ts';
import { Api } from './harness/api.ts';
import { DEMO } from './harness/classroom.ts';
import { teach } from './harness/film.ts';
import { Nginx } from './harness/nginx.ts';
import { Platform } from './harness/platform.ts';
import { firstHeardMs, firstSeenMs, heardForMs, look, type Seen } from './harness/stream-look.ts';
import { until } from './harness/until.ts';

/*
 * What is served of a recording: by signed addresses, whole and edited, and as the one stream that any player plays.
 * The film is red, green and blue for six seconds each, with a tone of its own for each colour.
 */

const run = promisify(execFile);
const ffmpeg = process.env.FFMPEG_BIN!;
const SECONDS = 6;
const PARTS: [color: string, toneHz: number][] = [
  ['red', 500],
  ['green', 1_000],
  ['blue', 2_000],
];

let platform: Platform;
let teacher: Api;
let lessonId: string;
let resourceId: string;

async function makeColours(folder: string): Promise<string> {
  const inputs = PARTS.flatMap(([color, toneHz]) => [
    ...['-f', 'lavfi', '-i', `color=c=${color}:s=640x360:r=15:d=${SECONDS}`],
    ...['-f', 'lavfi', '-i', `sine=frequency=${toneHz}:sample_rate=48000:duration=${SECONDS}`],
  ]);
  const pads = PARTS.map((_, index) => `[${index * 2}:v][${index * 2 + 1}:a]`).join('');
  const file = join(folder, 'colours.mp4');
  const filter = `${pads}concat=n=${PARTS.length}:v=1:a=1[v][a]`;
  await run(ffmpeg, [
    ...[
      '-hide_banner',
      '-loglevel',
      'error',
      ...inputs,
      '-filter_complex',
      filter,
      '-map',
      '[v]',
      '-map',
      '[a]',
    ],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', file],
  ]);
  return file;
}

beforeAll(async () => {
  platform = await Platform.start();
  teacher = await Api.signIn(platform.origin, DEMO.teacher);
  lessonId = (await teacher.planLesson()).lessonId;
  const film = await makeColours(platform.dataDir);
  const { code } = await teach([film, '--server', platform.origin, '--lesson', lessonId]);
  expect(code).toBe(0);
  resourceId = await until('the draft is there', async () => {
    const mine = (await teacher.ask('GET', '/api/resources/mine')).body as {
      resourceId: string;
      lessonId: string;
    }[];
    return mine.find((one) => one.lessonId === lessonId)?.resourceId;
  });
}, 300_000);
afterAll(async () => platform?.close());

/** A picture lasts 67 ms in the film, and is looked at every 20. */
const SYNC_MS = 45 + 67;
/** By how much the sound of a colour is later than its picture, in what is looked at. */
const lagOf = (seen: Seen, [color, toneHz]: [string, number]) =>
  firstHeardMs(seen, toneHz) - firstSeenMs(seen, color[0]!);
/** The same in the recording as it came in; a busy machine sends a film a little out of step with itself. */
let recordedLagMs: number;
const at = (address: string) => new URL(address, platform.origin).href;
const statusOf = async (address: string) => (await fetch(at(address))).status;

/** The address with an expiry of one's own, signed by who knows the secret. */
function signed(dataDir: string, expires: number, address: string): string {
  const [scope, ...rest] = address.split('/').slice(5);
  const secret = mediaSecret('', dataDir);
  const path = `${scope}/${rest[0]}`;
  const signature = createHash('md5').update(`${expires}${path} ${secret}`).digest('base64url');
  return `/media/s/${expires}/${signature}/${[scope, ...rest].join('/')}`;
}

async function stream(): Promise<string> {
  return at((await teacher.get(StreamAddress, 'POST', `/api/resources/${resourceId}/stream`)).address);
}

test('the whole recording by signed addresses: picture and sound together, nothing by a changed address', async () => {
  const replay = await teacher.replay(lessonId);
  const face = replay.tracks.find(({ role }) => role === 'teacher')!;
  expect(face.playlist).toMatch(/^\/media\/s\/\d+\//);
  const seen = await look(at(face.playlist));
  for (const [color, toneHz] of PARTS.slice(1)) {
    const ms = firstSeenMs(seen, color[0]!);
    expect(ms).toBeGreaterThan(SECONDS * 900);
    expect(Math.abs(firstHeardMs(seen, toneHz) - ms)).toBeLessThan(SECONDS * 100);
  }
  recordedLagMs = lagOf(seen, PARTS[2]!);
  const [, , , , signature] = face.playlist.split('/');
  expect(await statusOf(face.playlist)).toBe(200);
  expect(await statusOf(face.playlist.replace(signature!, 'A'.repeat(22)))).toBe(403);
  expect(await statusOf(face.playlist.replace(replay.recordingId, lessonId))).toBe(403);
  expect(await statusOf(face.playlist.replace('/recordings/', '/recordings/%2e%2e%2f'))).toBe(403);
  // Unsigned there is nothing, with a session or without.
  const bare = face.playlist.replace(/\/s\/\d+\/[\w-]+/, '');
  expect([await statusOf(bare), (await teacher.ask('GET', bare)).status]).toEqual([404, 404]);
}, 120_000);

test('nginx serves the same addresses from the same folder, and refuses the same ones', async () => {
  const nginx = await Nginx.start(platform);
  try {
    const through = (address: string) => new URL(address, nginx.origin).href;
    const { tracks } = await teacher.replay(lessonId);
    const face = tracks.find(({ role }) => role === 'teacher')!;
    expect((await look(through(face.playlist))).colours).toMatch(/^-*r+g+b+$/);
    const rung = face.playlist.replace('master.m3u8', 'l0/index.m3u8');
    const name = (await (await fetch(through(rung))).text()).match(/^\d+-.*\.m4s$/m)![0];
    const segment = rung.replace('index.m3u8', name);
    const answers = async (address: string) => {
      const [own, other] = await Promise.all([fetch(at(address)), fetch(through(address))]);
      const types = [own, other].map(({ headers }) => headers.get('content-type')?.split(';')[0]);
      return { statuses: [own.status, other.status], types };
    };
    expect(await answers(segment)).toEqual({
      statuses: [200, 200],
      types: ['video/iso.segment', 'video/iso.segment'],
    });
    const [, , , expires, signature] = segment.split('/') as string[];
    for (const wrong of [
      segment.replace(signature!, 'A'.repeat(22)),
      segment.replace(expires!, String(Number(expires) + 60)),
      segment.replace(face.trackId, 'index.ndjson'),
    ])
      for (const status of (await answers(wrong)).statuses) expect([403, 404]).toContain(status);
    // One that has run out is as good as none.
    const past = signed(platform.dataDir, Math.floor(Date.now() / 1_000) - 1, segment);
    expect((await answers(past)).statuses).toEqual([403, 403]);
    // Everything else is the platform's own.
    expect((await fetch(`${nginx.origin}/api/about`)).headers.get('content-type')).toContain('json');
  } finally {
    await nginx.close();
  }
}, 120_000);

test('captions are a choice of the stream, by the same address and for nobody without it', async () => {
  const file = 'WEBVTT\n\n00:01.000 --> 00:02.000\n红色';
  const headers = { 'content-type': 'text/vtt' };
  const path = `/api/lessons/${lessonId}/captions/zh-CN?version=0`;
  expect((await teacher.ask('PUT', path, file, headers)).status).toBe(201);
  const master = await stream();
  expect(await (await fetch(master)).text()).toContain('LANGUAGE="zh-CN"');
  expect(await (await fetch(new URL('c-zh-CN.m3u8', master))).text()).toContain('c-zh-CN.vtt');
  const captions = await fetch(new URL('c-zh-CN.vtt', master));
  expect(captions.headers.get('content-type')).toMatch(/^text\/vtt/);
  expect(await captions.text()).toContain('00:00:01.000 --> 00:00:02.000\n红色');
  expect((await fetch(new URL('c-fr.vtt', master))).status).toBe(404);
  const { pathname } = new URL('c-zh-CN.vtt', master);
  const foreign = pathname.replace(/\/s\/(\d+)\/./, '/s/$1/_');
  expect((await fetch(new URL(foreign, master))).status).toBe(403);
}, 120_000);

test('the cut is one stream that ffmpeg plays, in step', async () => {
  const seen = await look(await stream());
  expect(seen.colours).toMatch(/^-*r+g+b+$/);
  expect(Math.abs(lagOf(seen, PARTS[2]!) - recordedLagMs)).toBeLessThanOrEqual(45);

  // All voices mixed take the place of the teacher's, as soon as they are made.
  const master = await stream();
  const mixed = async () => (await (await fetch(master)).text()).includes('mp4a.40.2');
  await until('the voices are mixed', mixed);
  const again = await look(master);
  expect(again.colours).toMatch(/^-*r+g+b+$/);
  expect(Math.abs(lagOf(again, PARTS[2]!) - recordedLagMs)).toBeLessThanOrEqual(45);
}, 120_000);

test('what is cut out is not in the stream, not in the playlists and not served; the rest stays in step', async () => {
  const whole = await look(await stream());
  const [fromMs, toMs] = [firstSeenMs(whole, 'g'), firstSeenMs(whole, 'b')];
  const desk = (await teacher.ask('GET', `/api/resources/${resourceId}/edit`)).body as {
    resource: { version: number; programme: unknown };
  };
  const programme = Programme.parse(desk.resource.programme);
  const [clip] = programme.clips;
  const clips = [
    { ...clip!, toMs: fromMs },
    { ...clip!, fromMs: toMs },
  ];
  const body = { seen: desk.resource.version, programme: { ...programme, clips } };
  expect((await teacher.ask('PUT', `/api/resources/${resourceId}/programme`, body)).status).toBe(200);

  const cut = await look(await stream());
  expect(cut.colours).toMatch(/^-*r+b+$/);
  expect(heardForMs(cut, 1_000)).toBeLessThanOrEqual(SYNC_MS);
  expect(Math.abs(lagOf(cut, PARTS[2]!))).toBeLessThanOrEqual(SYNC_MS + Math.abs(recordedLagMs));

  const replay = await teacher.get(Replay, 'GET', `/api/resources/${resourceId}/replay`);
  expect(replay.clips).toHaveLength(2);
  const face = replay.tracks.find(({ role }) => role === 'teacher')!;
  const rung = at(face.playlist).replace('master.m3u8', 'l0.m3u8');
  const playlist = await (await fetch(rung)).text();
  const gaps = [...playlist.matchAll(/#EXT-X-GAP\n#EXTINF:([\d.]+),\ngap\.m4s/g)];
  // Segments of which nothing is shown; those at the edges are shown in part.
  expect(gaps.length).toBeGreaterThanOrEqual(1);
  const [named] = playlist.match(/^\/media\/s.*\.m4s$/m) ?? [];
  expect(await statusOf(named!)).toBe(200);
  // The recorder's own playlist lies beside it and names everything.
  expect(await statusOf(named!.replace(/[^/]+$/, 'index.m3u8'))).toBe(404);
  // Who knows an address of the recording's other track cannot make one of it.
  const voice = replay.tracks.find(({ kind }) => kind === 'audio')!;
  expect(await statusOf(named!.replace(face.trackId, voice.trackId))).toBe(403);

  const student = await Api.signIn(platform.origin, DEMO.student);
  expect((await student.replay(lessonId)).clips).toEqual(replay.clips);
  expect((await teacher.replay(lessonId)).clips).toBeNull();
}, 120_000);

test('a feed that is hidden is neither listed nor served', async () => {
  const desk = (await teacher.ask('GET', `/api/resources/${resourceId}/edit`)).body as {
    resource: { version: number; programme: unknown };
  };
  const before = await teacher.get(Replay, 'GET', `/api/resources/${resourceId}/replay`);
  const voice = before.tracks.find(({ kind }) => kind === 'audio')!;
  const programme = { ...Programme.parse(desk.resource.programme), hiddenTrackIds: [voice.trackId] };
  const body = { seen: desk.resource.version, programme };
  expect((await teacher.ask('PUT', `/api/resources/${resourceId}/programme`, body)).status).toBe(200);
  const replay = await teacher.get(Replay, 'GET', `/api/resources/${resourceId}/replay`);
  expect(replay.tracks.map(({ kind }) => kind)).toEqual(['video']);
  const [face] = replay.tracks;
  expect(await (await fetch(at(face!.playlist))).text()).not.toContain('AUDIO');
  expect(await statusOf(face!.playlist.replace(face!.trackId, voice.trackId))).toBe(404);
}, 120_000);

test('pictures along the recording are made by themselves, and only those that are shown are named', async () => {
  const { thumbnails } = await until('thumbnails', async () => {
    const replay = await teacher.replay(lessonId);
    return replay.thumbnails && { thumbnails: Thumbnails.parse(replay.thumbnails) };
  });
  const names = thumbnails.names.filter((name) => name !== null);
  expect(names.length).toBe(2);
  const response = await fetch(at(thumbnails.base + names[1]));
  expect(response.headers.get('content-type')).toBe('image/jpeg');
  expect(await statusOf(`${thumbnails.base}index.json`)).toBe(404);
}, 120_000);

test('a stranger is not told of it, and every view is kept', async () => {
  const stranger = await Api.signIn(platform.origin, DEMO.otherTeacher);
  for (const path of ['replay', `timeline?recordingId=${'A'.repeat(22)}`])
    expect((await stranger.ask('GET', `/api/resources/${resourceId}/${path}`)).status).toBe(404);
  expect((await stranger.ask('POST', `/api/resources/${resourceId}/stream`)).status).toBe(404);
});
