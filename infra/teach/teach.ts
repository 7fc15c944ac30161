import { setTimeout as sleep } from 'node:timers/promises';
import { findFfmpeg } from '#platform/ffmpeg.ts';
import { clockFilm, filmFromFile } from './film.ts';
import { FilmPlayer } from './film-player.ts';
import { HttpClient } from './http-client.ts';
import { Ingest, type IngestState } from './ingest.ts';
import { chooseLesson } from './lesson-choice.ts';
import { Pacer } from './pacer.ts';
import { isRefused, PlatformClient } from './platform-client.ts';
import { ProgressReporter } from './progress-reporter.ts';
import { RtpStream } from './rtp-stream.ts';
import { TeachError } from './teach-error.ts';
import type { Streams } from './whip-client.ts';

/** What is on its way when the film ends arrives within this time. */
const LAST_PACKETS_MS = 400;
const REPLAY_WAIT_MS = 15_000;
const START_RETRIES = 10;
const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

export interface TeachOptions {
  /** Origin of the platform, e.g. `http://localhost:3000`. */
  server: string;
  /** Film to play; null for a picture and voice of our own with a running clock. */
  file: string | null;
  lessonId: string | null;
  /** Name or id of the account to teach as; null for the lesson's master classroom. */
  account: string | null;
  /** Whether to open and start the lesson. */
  start: boolean;
  /** Whether to end the lesson when the film is over or `stop` is given. */
  end: boolean;
  durationMs: number | null;
  /** Accept the server's certificate whoever signed it. */
  insecure: boolean;
  /** Ends politely: hangs up, and ends the lesson if `end` says so. */
  stop: AbortSignal;
  /** Hangs up at once and leaves the lesson as it is. */
  abort: AbortSignal;
  onLesson?(lesson: TaughtLesson): void;
  onProgress?(progress: TeachProgress): void;
}

export interface TaughtLesson {
  lessonId: string;
  title: string;
  classroom: string;
  film: string;
  /** Where it can be watched. */
  url: string;
}

export interface TeachProgress {
  elapsedMs: number;
  totalMs: number | null;
  /** Picture and sound together, of the last second. */
  kbitPerSecond: number;
  state: IngestState;
}

export type TeachEnd = 'filmOver' | 'stopped' | 'aborted' | 'lessonEnded' | 'seatTaken';

export interface TeachResult {
  lessonId: string;
  end: TeachEnd;
  /** Where the replay is; null when the lesson was not ended, or has none (yet). */
  replayUrl: string | null;
}

/**
 * Plays a film into a lesson as its master classroom, over the same doors as any studio machine: REST and
 * WHIP.
 * @throws TeachError for everything that a person can mend.
 */
export async function teach(options: TeachOptions): Promise<TeachResult> {
  const ffmpeg = findFfmpeg();
  if (!ffmpeg) throw new TeachError('NO_FFMPEG');
  const http = new HttpClient(options.server, options.insecure);
  const platform = new PlatformClient(http);
  const { lesson, account } = await chooseLesson(platform, options);
  const { lessonId, title } = lesson;
  const film = options.file ? await filmFromFile(ffmpeg, options.file, title) : clockFilm(title);
  options.onLesson?.({
    lessonId,
    title,
    classroom: account.name,
    film: film.title,
    url: new URL(`/lessons/${lessonId}`, options.server).href,
  });
  const streams: Streams = {
    video: new RtpStream({ payloadType: 108, clockRate: 90_000 }),
    audio: new RtpStream({ payloadType: 111, clockRate: 48_000 }),
  };
  const totalMs = shorter(film.durationMs, options.durationMs);
  const progress = new ProgressReporter(streams, totalMs, (now) => options.onProgress?.(now));
  if (options.start && lesson.state === 'scheduled')
    await untilNodesAreThere(() => platform.changeState(lessonId, 'open'));
  const ingest = await untilNodesAreThere(() =>
    Ingest.start({
      http,
      streams,
      loopback: LOOPBACK_HOSTS.has(new URL(options.server).hostname),
      newKey: async () => {
        await platform.signIn(account);
        return await platform.ingestKey(lessonId);
      },
      onState: (state) => progress.say(state),
    }),
  );
  try {
    // The lesson goes live before the film begins and with its feeds there: the replay holds all of it.
    if (options.start && lesson.state !== 'live')
      await untilNodesAreThere(() => platform.changeState(lessonId, 'live'));
    const pacer = new Pacer(streams, (kind, packet) => ingest.send(kind, packet));
    const player = await FilmPlayer.start(ffmpeg, film, options.durationMs, (kind, packet) =>
      pacer.push(kind, packet),
    );
    progress.start();
    let end: TeachEnd;
    try {
      end = await Promise.race<TeachEnd>([
        player.done.then(() => pacer.drained()).then(() => 'filmOver'),
        ingest.ended,
        given(options.stop, 'stopped'),
        given(options.abort, 'aborted'),
      ]);
    } finally {
      progress.close();
      pacer.close();
      await player.stop();
    }
    const ring = options.end && (end === 'filmOver' || end === 'stopped');
    if (ring) {
      await sleep(LAST_PACKETS_MS);
      await platform.changeState(lessonId, 'ended');
    }
    const replay = ring || end === 'lessonEnded' ? await replayUrl(platform, lessonId) : null;
    return { lessonId, end, replayUrl: replay };
  } finally {
    await ingest.close();
  }
}

/** A platform that was started a moment ago may still wait for its media node or recorder. */
async function untilNodesAreThere<T>(action: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await action();
    } catch (error) {
      const early = isRefused(error, 'NO_MEDIA_NODE', 'NO_RECORDER', 'NODE_TIMEOUT', 'MEDIA_GONE');
      if (!early || attempt >= START_RETRIES) throw error;
      await sleep(1_000);
    }
  }
}

async function replayUrl(platform: PlatformClient, lessonId: string): Promise<string | null> {
  const deadline = Date.now() + REPLAY_WAIT_MS;
  while (Date.now() < deadline) {
    const lesson = await platform.lesson(lessonId);
    if (lesson?.state === 'ready') return new URL(`/lessons/${lessonId}/replay`, platform.http.origin).href;
    await sleep(250);
  }
  return null;
}

function given<T>(signal: AbortSignal, meaning: T): Promise<T> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(meaning);
    signal.addEventListener('abort', () => resolve(meaning), { once: true });
  });
}

function shorter(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}
