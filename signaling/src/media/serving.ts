import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import type { Config } from '#platform/config.ts';
import type { Logger } from '#platform/logger.ts';
import { mediaSecret, SignedAddresses } from '#platform/signed-address.ts';
import type { Db } from '../database/database.ts';
import { captionsIn } from '../notes/captions.ts';
import { ReplayService } from '../replay/replay-service.ts';
import type { ResourceRepository } from '../resource/resource-repository.ts';
import type { RecordingRepository } from '../room/recording-repository.ts';
import type { TimelineStore } from '../timeline/timeline-store.ts';
import { Programmes } from './programmes.ts';
import { RecordingFiles } from './recording-files.ts';
import { SegmentCache } from './segment-cache.ts';
import { SoundMix } from './sound-mix.ts';
import { StreamCaptions } from './stream-captions.ts';
import { Thumbnails } from './thumbnails.ts';

const CACHE_BYTES = 64 * 1024 * 1024;

export interface ServingParts {
  dataDir: string;
  media: Config['media'];
  blobs: BlobStore;
  recordings: RecordingRepository;
  resources: ResourceRepository;
  timelines: TimelineStore;
  db: Db;
  logger: Logger;
}

/** All that turns recordings into something to watch. */
export interface MediaServing {
  addresses: SignedAddresses;
  files: RecordingFiles;
  segments: SegmentCache;
  programmes: Programmes;
  mix: SoundMix;
  thumbnails: Thumbnails;
  replays: ReplayService;
  /** A recording is gone: nothing of it is served from memory either. */
  forget(recordingId: string): void;
}

export function openMediaServing(parts: ServingParts): MediaServing {
  const { blobs, resources, timelines, recordings, logger, media } = parts;
  const addresses = new SignedAddresses(mediaSecret(media.secret, parts.dataDir), media.addressSeconds);
  const files = new RecordingFiles(blobs);
  const segments = new SegmentCache(blobs, CACHE_BYTES);
  const folderOf = (recordingId: string, trackId: string) =>
    addresses.folder(['tracks', recordingId, trackId]);
  const mix = new SoundMix({ blobs, files, logger });
  const captions = new StreamCaptions(captionsIn(parts.db));
  const programmes = new Programmes({ resources, timelines, files, blobs, mix, captions, folderOf });
  const thumbnails = new Thumbnails({ blobs, files, addresses, logger });
  const { streamHours } = media;
  const replays = new ReplayService({ recordings, resources, timelines, addresses, thumbnails, streamHours });
  const forget = (recordingId: string) => {
    files.forget(recordingId);
    mix.forget(recordingId);
    thumbnails.forget(recordingId);
    segments.clear();
    programmes.clear();
  };
  return { addresses, files, segments, programmes, mix, thumbnails, replays, forget };
}
