import Hls, {
  type ErrorData,
  ErrorTypes,
  Events,
  type HlsConfig,
  type Loader,
  type LoaderCallbacks,
  type LoaderConfiguration,
  type LoaderContext,
} from 'hls.js';
import { withoutSound } from './silent-manifest.ts';

export type Trouble = 'network' | 'media' | 'failed';

export interface TrackPlayerOptions {
  media: HTMLMediaElement;
  playlist: string;
  /** Play the picture only. */
  silent: boolean;
  /** Seconds of lesson time to begin at; -1 is the live edge. */
  startAt: number;
  /** The address as it may be read now; signatures run out. */
  fresh: (address: string) => string;
  onTrouble: (trouble: Trouble | null) => void;
  onLevels: () => void;
}

const RETRY_FIRST_MS = 1_000;
const RETRY_MOST_MS = 8_000;
/** A decoder that fails again within this time will not be helped by restarting it once more. */
const MEDIA_RETRY_MS = 5_000;

/** One track of the recording in one media element; comes back by itself from network and decoder failures. */
export class TrackPlayer {
  readonly media: HTMLMediaElement;
  readonly #hls: Hls | null;
  readonly #options: TrackPlayerOptions;
  #hasSound: boolean | null = null;
  #retries = 0;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #mediaFailedAt = 0;
  #trouble: Trouble | null = null;

  constructor(options: TrackPlayerOptions) {
    this.#options = options;
    this.media = options.media;
    if (Hls.isSupported()) {
      this.#hls = this.#startHls();
    } else {
      // Older iPhones have no MediaSource but play HLS themselves, in the quality they choose.
      this.#hls = null;
      this.media.addEventListener('error', this.#onNativeError);
      this.#startNative(options.startAt);
    }
  }

  /** Whether the playlist brought its participant's voice along; null until it was read. */
  get hasSound(): boolean | null {
    return this.#hls ? this.#hasSound : true;
  }

  /** Heights of the pictures to choose from, smallest first. */
  get heights(): number[] {
    const heights = this.#hls?.levels.map(({ height }) => height).filter((height) => height > 0) ?? [];
    return [...new Set(heights)].sort((a, b) => a - b);
  }

  /** Where a viewer of the running lesson should be, seconds; null when it is over. */
  get liveEdge(): number | null {
    return this.#hls?.liveSyncPosition ?? null;
  }

  /** The highest picture not above `height`; null lets the line decide. */
  chooseHeight(height: number | null): void {
    if (!this.#hls) return;
    const levels = this.#hls.levels.map((level, index) => ({ height: level.height, index }));
    const fitting = levels.filter((level) => height !== null && level.height <= height);
    this.#hls.nextLevel = fitting.sort((a, b) => b.height - a.height)[0]?.index ?? -1;
  }

  destroy(): void {
    clearTimeout(this.#retryTimer);
    if (this.#hls) this.#hls.destroy();
    else {
      this.media.removeEventListener('error', this.#onNativeError);
      this.media.removeAttribute('src');
      this.media.load();
    }
  }

  #startNative(startAt: number): void {
    const { media } = this;
    media.src = this.#options.fresh(this.#options.playlist);
    if (startAt > 0) media.currentTime = startAt;
    media.addEventListener('loadedmetadata', () => this.#recovered(), { once: true });
    if (media.canPlayType('application/vnd.apple.mpegurl') === '') this.#tell('failed');
  }

  /** What it reads by itself may have run out: begin again where it stood, with the newest address. */
  #onNativeError = (): void => {
    const { currentTime, paused } = this.media;
    this.#tell('network');
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => {
      this.#startNative(currentTime);
      if (!paused) void this.media.play().catch(() => {});
    }, this.#nextWait());
  };

  #startHls(): Hls {
    const { playlist, silent, startAt, media, fresh } = this.#options;
    const hls = new Hls({
      xhrSetup: (xhr, address) => {
        const now = fresh(address);
        if (now !== address) xhr.open('GET', now, true);
      },
      startPosition: startAt,
      maxBufferLength: 30,
      backBufferLength: 60,
      // Segments of two seconds: as near to the teacher as a school's line allows.
      liveSyncDurationCount: 2,
      // A small picture in a corner does not need the largest rung.
      capLevelToPlayerSize: true,
      ...(silent ? { pLoader: SilentLoader as unknown as HlsConfig['pLoader'] } : {}),
    });
    hls.on(Events.MANIFEST_PARSED, (_event, { audioTracks }) => {
      this.#hasSound = audioTracks.length > 0;
      this.#options.onLevels();
    });
    hls.on(Events.FRAG_BUFFERED, () => this.#recovered());
    hls.on(Events.ERROR, (_event, data) => this.#onError(data));
    hls.loadSource(playlist);
    hls.attachMedia(media);
    return hls;
  }

  #onError({ fatal, type }: ErrorData): void {
    if (!fatal || !this.#hls) return;
    if (type === ErrorTypes.NETWORK_ERROR) this.#retryNetwork();
    else if (type === ErrorTypes.MEDIA_ERROR && Date.now() - this.#mediaFailedAt > MEDIA_RETRY_MS) {
      this.#mediaFailedAt = Date.now();
      this.#tell('media');
      this.#hls.recoverMediaError();
    } else this.#tell('failed');
  }

  #retryNetwork(): void {
    this.#tell('network');
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => {
      const hls = this.#hls;
      // Without a level the multivariant playlist itself is missing and has to be asked for again.
      if (hls?.levels.length === 0) hls.loadSource(this.#options.playlist);
      else hls?.startLoad();
    }, this.#nextWait());
  }

  #nextWait(): number {
    return Math.min(RETRY_MOST_MS, RETRY_FIRST_MS * 2 ** this.#retries++);
  }

  #recovered(): void {
    this.#retries = 0;
    if (this.#trouble !== null) this.#tell(null);
  }

  #tell(trouble: Trouble | null): void {
    this.#trouble = trouble;
    this.#options.onTrouble(trouble);
  }
}

const DefaultLoader = Hls.DefaultConfig.loader as unknown as new (config: HlsConfig) => Loader<LoaderContext>;

/** hls.js' own playlist loader, with the sound taken out of multivariant playlists. */
class SilentLoader extends DefaultLoader {
  override load(
    context: LoaderContext,
    config: LoaderConfiguration,
    callbacks: LoaderCallbacks<LoaderContext>,
  ): void {
    super.load(context, config, {
      ...callbacks,
      onSuccess: (response, stats, loaded, details) => {
        if (typeof response.data === 'string') response.data = withoutSound(response.data);
        callbacks.onSuccess(response, stats, loaded, details);
      },
    });
  }
}
