import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { derivedId, newId } from '#platform/ids.ts';
import type { FeedRole } from '#protocol/domain.ts';
import { kindOfFeed } from '#protocol/domain.ts';
import { LiveStreamPolicy, PublicLive } from '#protocol/public-live.ts';
import { TestApp } from '../../testing/app.ts';
import { reviewParts } from '../../testing/review.ts';
import { liveRoutes } from '../http/live-routes.ts';
import { openMediaServing } from '../media/serving.ts';
import { LiveStreams } from './live-streams.ts';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.open((parts) => {
    const { resources, consents } = reviewParts(parts);
    const media = { secret: 'x', addressSeconds: 300, streamHours: 1, watermark: 'none' } as never;
    const { addresses, replays } = openMediaServing({ ...parts, resources, media });
    const streams = new LiveStreams(parts.db, parts.lessons);
    const routes = liveRoutes({ streams, replays, consents, addresses, blobs: parts.blobs });
    return { api: [routes.api], media: [routes.media] };
  });
});
afterAll(() => app.close());

/** An open lesson that has run for a minute, with a feed of the teacher's and one of the pupils'. */
async function running() {
  const { lessonId, recordingId } = await app.recordedLesson({ durationMs: 60_000 });
  await app.db
    .updateTable('lesson')
    .set({ mode: 'open', state: 'live', actual_end: null })
    .where('id', '=', lessonId)
    .execute();
  const { id } = await app.db
    .selectFrom('classroom')
    .select('id')
    .where('name', '=', '实验小学录播教室')
    .executeTakeFirstOrThrow();
  const feeds: Partial<Record<FeedRole, string>> = {};
  for (const role of ['teacher', 'pupils'] as const) {
    const trackId = newId();
    feeds[role] = trackId;
    const participantId = derivedId('participant', lessonId, id);
    const playlist = `${trackId}/master.m3u8`;
    const track = { trackId, participantId, role, kind: kindOfFeed(role), playlist, spans: [] };
    await app.parts.recordings.saveTrack(recordingId, track);
    const lines = Array.from({ length: 30 }, (_, index) => `#EXTINF:2.000000,\ns${index}.m4s`);
    const base = `recordings/${recordingId}/${trackId}`;
    await app.parts.blobs.put(`${base}/master.m3u8`, '#EXTM3U\nl0/index.m3u8\n');
    await app.parts.blobs.put(`${base}/l0/index.m3u8`, `#EXTM3U\n${lines.join('\n')}\n`);
  }
  return { lessonId, recordingId, feeds, at: `/api/lessons/${lessonId}/live-stream` };
}

test('it is public when it was asked for and approved, delayed, without the pupils, and stopped at once', async () => {
  const { lessonId, feeds, at } = await running();
  const teacher = await app.signIn('陈静');
  const administrator = await app.signIn('马建国');
  const nobody = app.anonymous();
  const page = `/api/live/${lessonId}`;
  expect(await nobody.code('GET', page)).toBe('NOT_FOUND');
  await teacher.get(LiveStreamPolicy, 'PUT', at, { enabled: true, delaySeconds: 20 });
  expect(await nobody.code('GET', page)).toBe('NOT_FOUND');
  expect(await teacher.code('POST', `${at}/approve`, { approved: true })).toBe('FORBIDDEN');
  await administrator.get(LiveStreamPolicy, 'POST', `${at}/approve`, { approved: true });

  const { state, replay, delaySeconds } = await nobody.get(PublicLive, 'GET', page);
  expect([state, delaySeconds]).toEqual(['live', 20]);
  expect(replay?.tracks.map(({ trackId }) => trackId)).toEqual([feeds.teacher]);
  const rung = `/media/live/${lessonId}/${feeds.teacher}/l0/index.m3u8`;
  const { body, status } = await nobody.ask('GET', rung);
  expect(status).toBe(200);
  const shown = String(body).match(/s(\d+)\.m4s/g)?.length ?? 0;
  expect(shown).toBeGreaterThanOrEqual(19);
  expect(shown).toBeLessThan(30);
  expect(await nobody.code('GET', `/media/live/${lessonId}/${feeds.pupils}/l0/index.m3u8`)).toBe('NOT_FOUND');

  await teacher.get(LiveStreamPolicy, 'POST', `${at}/stop`, { stopped: true });
  expect(await nobody.code('GET', rung)).toBe('NOT_STREAMED');
  expect(await nobody.get(PublicLive, 'GET', page)).toMatchObject({ state: 'stopped', replay: null });
});

test('who asks, approves and stops', async () => {
  const { at } = await running();
  const policy = { enabled: true, delaySeconds: 30 };
  for (const name of ['周明', '刘小雨', '石门教学点教室']) {
    const who = await app.signIn(name);
    for (const [method, path, body] of [
      ['PUT', at, policy],
      ['POST', `${at}/approve`, { approved: true }],
      ['POST', `${at}/stop`, { stopped: true }],
    ] as const)
      expect([name, await who.code(method, path, body)]).toEqual([
        name,
        expect.stringMatching(/FORBIDDEN|NOT_FOUND/),
      ]);
  }
  const operator = await app.signIn('赵强');
  expect(await operator.code('PUT', at, policy)).toBeNull();
  expect(await operator.code('POST', `${at}/approve`, { approved: true })).toBe('FORBIDDEN');
  expect(await operator.code('POST', `${at}/stop`, { stopped: true })).toBeNull();
});

test('a lesson that is not open is never streamed, and other terms are approved anew', async () => {
  const { lessonId, at } = await running();
  const administrator = await app.signIn('马建国');
  const policy = { enabled: true, delaySeconds: 60 };
  await administrator.get(LiveStreamPolicy, 'PUT', at, policy);
  await administrator.get(LiveStreamPolicy, 'POST', `${at}/approve`, { approved: true });
  expect(await app.anonymous().code('GET', `/api/live/${lessonId}`)).toBeNull();
  const changed = await administrator.get(LiveStreamPolicy, 'PUT', at, { ...policy, delaySeconds: 10 });
  expect(changed.approvedByName).toBeNull();
  expect(await app.anonymous().code('GET', `/api/live/${lessonId}`)).toBe('NOT_FOUND');
  await app.db.updateTable('lesson').set({ mode: 'delivery' }).where('id', '=', lessonId).execute();
  expect(await administrator.code('PUT', at, policy)).toMatch(/FORBIDDEN|WRONG_STATE/);
});
