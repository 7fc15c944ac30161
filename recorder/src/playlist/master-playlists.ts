import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import {
  type AudioRendition,
  audioMaster,
  type Variant,
  videoMaster,
} from '#platform/hls/master-playlist.ts';
import type { Track } from '../track.ts';

/** A listed bandwidth may be this much too low before the playlist is written again. */
const BANDWIDTH_SLACK = 1.3;

interface Written {
  shape: string;
  bandwidth: number;
}

/**
 * Keeps each track's master.m3u8 true while its rungs become known. Written again when the set of
 * playlists, a resolution or a codec changes, or when a bandwidth has outgrown what was promised.
 */
export class MasterPlaylists {
  readonly #blobs: BlobStore;
  readonly #folder: string;
  readonly #failed: (error: unknown) => void;
  readonly #written = new Map<string, Written>();
  #writing: Promise<void> = Promise.resolve();

  constructor(blobs: BlobStore, folder: string, failed: (error: unknown) => void) {
    this.#blobs = blobs;
    this.#folder = folder;
    this.#failed = failed;
  }

  /** Looks which playlists have to change and writes those in the background. */
  refresh(tracks: ReadonlyMap<string, Track>): void {
    for (const track of tracks.values()) {
      const next = describe(track, tracks);
      const { trackId } = track.info;
      const last = this.#written.get(trackId);
      if (!next || (last?.shape === next.shape && next.bandwidth <= last.bandwidth * BANDWIDTH_SLACK))
        continue;
      this.#written.set(trackId, next);
      this.#writing = this.#writing.then(() =>
        this.#put(trackId, next.text).catch((error: unknown) => {
          this.#written.delete(trackId);
          this.#failed(error);
        }),
      );
    }
  }

  /** Writes all of them with the figures of the whole lesson. */
  async finish(tracks: ReadonlyMap<string, Track>): Promise<void> {
    await this.#writing;
    for (const track of tracks.values()) {
      const next = describe(track, tracks);
      if (next) await this.#put(track.info.trackId, next.text);
    }
  }

  async settled(): Promise<void> {
    await this.#writing;
  }

  async #put(trackId: string, text: string): Promise<void> {
    await this.#blobs.put(`${this.#folder}/${trackId}/master.m3u8`, text);
  }
}

function describe(
  track: Track,
  tracks: ReadonlyMap<string, Track>,
): (Written & { text: string }) | undefined {
  const { kind } = track.info;
  if (kind === 'audio') {
    const audio = rendition(track, '');
    return audio && { shape: audio.uri, bandwidth: audio.peakBandwidth, text: audioMaster(audio) };
  }
  const variants = variantsOf(track);
  if (variants.length === 0) return undefined;
  const mic = [...tracks.values()].find(
    (other) => other.info.kind === 'audio' && other.info.participantId === track.info.participantId,
  );
  const audio = mic && rendition(mic, `../${mic.info.trackId}/`);
  const shape = [
    ...variants.map((one) => `${one.uri} ${one.codec} ${one.width}x${one.height}`),
    audio?.uri,
  ].join();
  const bandwidth = variants.reduce((sum, one) => sum + one.peakBandwidth, 0);
  return { shape, bandwidth, text: videoMaster(variants, audio) };
}

function rendition(track: Track, base: string): AudioRendition | undefined {
  const rung = track.rungs[0];
  if (!rung || rung.writer.ledger.segments.length === 0) return undefined;
  const { peakBandwidth, averageBandwidth } = rung.writer.ledger;
  return { uri: `${base}${rung.rungId}/index.m3u8`, peakBandwidth, averageBandwidth };
}

/** The rungs that have shown media; while there is none, the stand-ins are all there is to show. */
function variantsOf(track: Track): Variant[] {
  const listed = track.rungs.filter((rung) => rung.writer.ledger.segments.length > 0);
  const live = listed.filter((rung) => rung.writer.ledger.format);
  return (live.length > 0 ? live : listed).map((rung) => {
    const { ledger } = rung.writer;
    const { codec, width, height } = ledger.format ?? ledger.inits.get(ledger.segments[0]!.init)!;
    const { peakBandwidth, averageBandwidth } = ledger;
    return { uri: `${rung.rungId}/index.m3u8`, codec, width, height, peakBandwidth, averageBandwidth };
  });
}
