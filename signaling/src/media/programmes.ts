import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import { moveFragment } from '#platform/mp4/read-fragment.ts';
import type { RecordingContents } from '#platform/recording-index.ts';
import { AppError } from '#protocol/errors.ts';
import type { Programme, Shot } from '#protocol/programme.ts';
import type { Span } from '#protocol/rest.ts';
import { shotsOf } from '#protocol/shots.ts';
import type { ResourceRepository } from '../resource/resource-repository.ts';
import type { TimelineStore } from '../timeline/timeline-store.ts';
import { editedMaster, editedRung } from './edited-playlists.ts';
import { planStream, type StreamPlan, type StreamSegment, type Voice } from './programme-plan.ts';
import type { RecordingFiles } from './recording-files.ts';
import type { SoundMix } from './sound-mix.ts';
import type { StreamCaptions } from './stream-captions.ts';
import { initsOf, streamMaster, streamPlaylist } from './stream-playlists.ts';

/** Versions of resources never change: as many are kept, so that a segment costs no query. */
const KEPT = 200;
const PLANS_KEPT = 50;

/** What is served of a resource at one version: playlists of its edited feeds, and the one stream of its cut. */
export class Programmes {
  readonly #resources: ResourceRepository;
  readonly #timelines: TimelineStore;
  readonly #files: RecordingFiles;
  readonly #blobs: BlobStore;
  readonly #mix: SoundMix;
  readonly #captions: StreamCaptions;
  /** Signed folder of one track. */
  readonly #folderOf: (recordingId: string, trackId: string) => string;
  readonly #known = new Map<string, Promise<Programme>>();
  readonly #plans = new Map<string, Promise<StreamPlan>>();

  constructor(parts: {
    resources: ResourceRepository;
    timelines: TimelineStore;
    files: RecordingFiles;
    blobs: BlobStore;
    mix: SoundMix;
    captions: StreamCaptions;
    folderOf: (recordingId: string, trackId: string) => string;
  }) {
    this.#resources = parts.resources;
    this.#timelines = parts.timelines;
    this.#files = parts.files;
    this.#blobs = parts.blobs;
    this.#mix = parts.mix;
    this.#captions = parts.captions;
    this.#folderOf = parts.folderOf;
  }

  /** Everything is looked up again. */
  clear(): void {
    this.#known.clear();
    this.#plans.clear();
  }

  /** The programme of a resource at a version. @throws AppError NOT_FOUND */
  async at(resourceId: string, version: number): Promise<Programme> {
    return await kept(this.#known, KEPT, `${resourceId} ${version}`, async () => {
      const found = (await this.#resources.versions(resourceId)).find((one) => one.version === version);
      if (!found?.programme) throw new AppError('NOT_FOUND', 'no such programme');
      return found.programme;
    });
  }

  /** `<recordingId>/<trackId>/master.m3u8` or `…/<rungId>.m3u8`. */
  async playlist(programme: Programme, [recordingId, trackId, name]: readonly string[]): Promise<string> {
    const hidden = new Set(programme.hiddenTrackIds);
    const spans = spansOf(programme, recordingId ?? '');
    if (!recordingId || !trackId || !name || hidden.has(trackId) || spans.length === 0)
      throw new AppError('NOT_FOUND', 'not a part of this programme');
    const contents = await this.#files.contents(recordingId);
    const feed = contents.feeds.get(trackId);
    const rung = feed?.rungs.find(({ rungId }) => `${rungId}.m3u8` === name);
    if (feed && name === 'master.m3u8') return editedMaster(feed, contents, hidden);
    if (!rung) throw new AppError('NOT_FOUND', 'not a part of this programme');
    return editedRung(rung, spans, this.#folderOf(recordingId, trackId));
  }

  async plan(resourceId: string, version: number): Promise<StreamPlan> {
    const programme = await this.at(resourceId, version);
    const voices = await this.#voices(programme);
    // A player that began with the teacher's voice goes on with it: both plans have it under the same names.
    const key = `${resourceId} ${version} ${voices !== null}`;
    return await kept(this.#plans, PLANS_KEPT, key, async () => {
      const recordings = new Map<string, RecordingContents>();
      const shots: Shot[] = [];
      for (const { recordingId, lessonId } of programme.clips) {
        if (recordings.has(recordingId)) continue;
        recordings.set(recordingId, await this.#files.contents(recordingId));
        if (!programme.shots)
          shots.push(...shotsOf(await this.#timelines.read(lessonId), lessonId, recordingId));
      }
      return planStream(programme, recordings, programme.shots ?? shots, voices);
    });
  }

  /** The mixed sound of all its recordings; null while one is not made, or where a voice is hidden. */
  async #voices({ clips, hiddenTrackIds }: Programme): Promise<Map<string, Voice> | null> {
    const voices = new Map<string, Voice>();
    for (const recordingId of new Set(clips.map((clip) => clip.recordingId))) {
      const voice = await this.#mix.of(recordingId);
      if (!voice) return null;
      const { feeds } = await this.#files.contents(recordingId);
      if (hiddenTrackIds.some((trackId) => feeds.get(trackId)?.track.kind === 'audio')) return null;
      voices.set(recordingId, voice);
    }
    return voices;
  }

  /**
   * A file of the programme stream: `master.m3u8`, `v0.m3u8`, `a.m3u8`, `c-zh-CN.m3u8`, `c-zh-CN.vtt`,
   * `v0/init-0.mp4`, `v0/12.m4s`.
   */
  async streamFile(resourceId: string, version: number, path: readonly string[]): Promise<string | Buffer[]> {
    const [head = '', name] = path;
    const programme = await this.at(resourceId, version);
    if (head.startsWith('c-') && !name) {
      const file = await this.#captions.file(resourceId, programme, head);
      if (file === null) throw new AppError('NOT_FOUND', 'no captions in this language');
      return file;
    }
    const plan = await this.plan(resourceId, version);
    if (head === 'master.m3u8' && !name)
      return streamMaster(plan, await this.#captions.tracks(resourceId, programme));
    const segments = segmentsOf(plan, head.replace(/\.m3u8$/, ''));
    if (segments && head.endsWith('.m3u8') && !name) return streamPlaylist(segments, `${head.slice(0, -5)}/`);
    const init = name?.match(/^init-(\d{1,4})\.mp4$/)?.[1];
    const number = name?.match(/^(\d{1,6})\.m4s$/)?.[1];
    if (segments && init) {
      const key = initsOf(segments)[Number(init)];
      if (key) return [await this.#blobs.get(key)];
    }
    const segment = segments && number ? segments[Number(number)] : undefined;
    if (!segment) throw new AppError('NOT_FOUND', 'not a part of this stream');
    return moveFragment(await this.#blobs.get(segment.source), { ...segment, sequence: Number(number) });
  }
}

/** Lesson time of one recording that a programme shows. */
export const spansOf = ({ clips }: Programme, recordingId: string): Span[] =>
  clips.filter((clip) => clip.recordingId === recordingId).map(({ fromMs, toMs }) => ({ fromMs, toMs }));

function segmentsOf(plan: StreamPlan, name: string): StreamSegment[] | undefined {
  if (name === 'a') return plan.audio?.segments;
  if (name === 'm') return plan.mixed?.segments;
  const rank = name.match(/^v(\d)$/)?.[1];
  return rank === undefined ? undefined : plan.video[Number(rank)]?.segments;
}

/** The value for a key, made once; the oldest goes when there are too many, a failed one at once. */
async function kept<T>(
  map: Map<string, Promise<T>>,
  most: number,
  key: string,
  make: () => Promise<T>,
): Promise<T> {
  const known = map.get(key);
  if (known) return await known;
  const making = make();
  map.set(key, making);
  const oldest = map.keys().next().value;
  if (map.size > most && oldest) map.delete(oldest);
  making.catch(() => map.delete(key));
  return await making;
}
