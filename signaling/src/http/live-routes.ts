import { type Request, Router } from 'express';
import { z } from 'zod';
import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import type { SignedAddresses } from '#platform/signed-address.ts';
import { AppError } from '#protocol/errors.ts';
import { Id } from '#protocol/ids.ts';
import { type PublicLive, SetLiveStream } from '#protocol/public-live.ts';
import { delayedPlaylist } from '../live/delayed-playlist.ts';
import type { LiveStreams, Streamed } from '../live/live-streams.ts';
import type { ReplayService } from '../replay/replay-service.ts';
import type { Consents } from '../review/consents.ts';
import { accountOf } from './guards.ts';

/** Segments of a stream are asked for within seconds; a stop leaves nobody with addresses for long. */
const SEGMENT_SECONDS = 30;
const RENEW_MS = 60_000;
const PLAYLIST = 'application/vnd.apple.mpegurl';

export interface LiveRouteServices {
  streams: LiveStreams;
  replays: ReplayService;
  consents: Consents;
  addresses: SignedAddresses;
  blobs: BlobStore;
}

/** The public stream of an open lesson, and the switch that ends it; see `protocol/review.ts`. */
export function liveRoutes(services: LiveRouteServices): { api: Router; media: Router } {
  const { streams, replays, consents, addresses, blobs } = services;
  const api = Router();
  const media = Router();

  api.get('/lessons/:lessonId/live-stream', async (request, response) => {
    response.json(await streams.policy(idOf(request), accountOf(request)));
  });
  api.put('/lessons/:lessonId/live-stream', async (request, response) => {
    response.json(await streams.ask(idOf(request), accountOf(request), SetLiveStream.parse(request.body)));
  });
  api.post('/lessons/:lessonId/live-stream/approve', async (request, response) => {
    const { approved } = z.object({ approved: z.boolean() }).parse(request.body);
    response.json(await streams.approve(idOf(request), accountOf(request), approved));
  });
  api.post('/lessons/:lessonId/live-stream/stop', async (request, response) => {
    const { stopped } = z.object({ stopped: z.boolean() }).parse(request.body);
    response.json(await streams.stop(idOf(request), accountOf(request), stopped));
  });

  api.get('/live/:lessonId', async (request, response) => {
    const streamed = await streams.publicLive(idOf(request));
    if (!streamed) throw new AppError('NOT_FOUND', 'this lesson is not streamed');
    const replay = streamed.state === 'live' ? await replayOf(streamed) : null;
    response.json({ ...streamed.facts, state: streamed.state, replay } satisfies PublicLive);
  });

  /** The feeds that everybody may see, by addresses of this stream alone. */
  async function replayOf({ lessonId, delayMs, epochMs }: Streamed): Promise<PublicLive['replay']> {
    const hidden = await hiddenIn(lessonId);
    const replay = await replays.ofLesson({ lessonId, actualEnd: null });
    const tracks = replay.tracks
      .filter(({ trackId }) => !hidden.has(trackId))
      .map((track) => ({
        ...track,
        participantName: track.role === 'pupils' ? '' : track.participantName,
        playlist: `/media/live/${lessonId}/${track.trackId}/master.m3u8`,
      }));
    const durationMs = Math.max(0, Date.now() - delayMs - epochMs!);
    return {
      ...replay,
      tracks,
      live: true,
      durationMs,
      courseware: '',
      thumbnails: null,
      renewAfterMs: RENEW_MS,
    };
  }

  async function hiddenIn(lessonId: string): Promise<ReadonlySet<string>> {
    return new Set((await consents.missingInLessons([lessonId], 'public')).map(({ trackId }) => trackId));
  }

  media.get('/live/:lessonId/:trackId/*path', async (request, response) => {
    const { trackId, path } = request.params as unknown as { trackId: string; path: string[] };
    const streamed = await streams.publicLive(idOf(request));
    if (streamed?.state !== 'live' || !streamed.recordingId)
      throw new AppError('NOT_STREAMED', 'this lesson is not streamed now');
    const { recordingId, epochMs, delayMs, lessonId } = streamed;
    if ((await hiddenIn(lessonId)).has(Id.parse(trackId))) throw new AppError('NOT_FOUND', 'no such feed');
    const name = path.join('/');
    if (!name.endsWith('.m3u8')) throw new AppError('NOT_FOUND', 'no such playlist');
    const text = (await blobs.get(`recordings/${recordingId}/${trackId}/${name}`)).toString();
    response.setHeader('Content-Type', PLAYLIST);
    response.setHeader('Cache-Control', 'no-store');
    if (path.length === 1) return void response.send(text);
    const base = `${addresses.folder(['tracks', recordingId, trackId], SEGMENT_SECONDS)}${path.slice(0, -1).join('/')}/`;
    const shown = delayedPlaylist(text, (Date.now() - delayMs - epochMs!) / 1_000, base);
    if (!shown) throw new AppError('NOT_STREAMED', 'the delay is not over yet');
    response.send(shown);
  });

  return { api, media };
}

function idOf(request: Request): string {
  const id = Id.safeParse(request.params.lessonId);
  if (!id.success) throw new AppError('NOT_FOUND', 'no such lesson');
  return id.data;
}
