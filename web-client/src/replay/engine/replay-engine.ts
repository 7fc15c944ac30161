import { follow } from './follow.ts';
import { freshAddress } from './fresh-address.ts';
import { type Moment, ShownTime } from './shown-time.ts';
import { type AttachOptions, type EngineOptions, type ReplaySnapshot, standing } from './snapshot.ts';
import { TrackPlayer } from './track-player.ts';

export type { AttachOptions, ReplaySnapshot } from './snapshot.ts';

const TICK_MS = 200;
/** A jump takes time to load; jumping again before that would never arrive. */
const JUMP_PAUSE_MS = 1_500;
/** As near to the live edge as this counts as live, seconds. */
const LIVE_S = 12;
/** A clip is left so long before its end, ms: what follows it in the recording must not flash up. */
const LEAVE_MS = 20;
/** So near to its end a clip that has run dry is over, when it stays dry for some ticks. */
const DRY_MS = 500;
const DRY_TICKS = 2;
/** Clips of one recording that are nearer to each other than this are played through. */
const SEAMLESS_MS = 60;

interface Follower {
  player: TrackPlayer;
  jumpedAt: number;
  onJump: ((toS: number) => void) | undefined;
}

/**
 * Plays the tracks of a recording in step. Every track's element time is lesson time, so one element leads and the
 * others follow it; what a programme leaves out is jumped over. Made for `useSyncExternalStore`.
 */
export class ReplayEngine {
  readonly #listeners = new Set<() => void>();
  readonly #followers = new Map<HTMLMediaElement, Follower>();
  readonly #timer = setInterval(() => this.#tick(), TICK_MS);
  readonly #shown: ShownTime;
  readonly #onStale: () => void;
  #clipTimer: ReturnType<typeof setTimeout> | undefined;
  #leader: TrackPlayer | null = null;
  #onLeaderJump: AttachOptions['onJump'];
  /** Where to begin, seconds; -1 at the live edge. */
  #startAt: number;
  #clip = 0;
  #dryTicks = 0;
  /** The last clip is over. */
  #finished = false;
  #live: boolean;
  #knownMs: number;
  #wanted = false;
  #addresses: readonly string[] = [];
  #snapshot: ReplaySnapshot;

  constructor(options: EngineOptions) {
    const { recordingId, clips = null, startAtMs, live, durationMs } = options;
    this.#shown = new ShownTime(recordingId, clips);
    this.#onStale = options.onStale ?? (() => {});
    this.#live = live;
    this.#knownMs = durationMs;
    const begin =
      startAtMs === 'live' ? { recordingId, ms: durationMs, clip: 0 } : this.#shown.momentAt(startAtMs);
    this.#startAt = startAtMs === 'live' ? -1 : begin.ms / 1000;
    this.#clip = begin.clip;
    this.#snapshot = standing(options, this.#shown, begin);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  getSnapshot = (): ReplaySnapshot => this.#snapshot;

  /** Lesson time at this very moment, ms: for what is drawn with every frame. */
  get nowMs(): number {
    const media = this.#leader?.media;
    return media && media.readyState > 0 ? msOf(media.currentTime) : this.#snapshot.timeMs;
  }

  /** When a moment of a recording is shown, ms; null for what is cut out. */
  shownAt(lessonMs: number, recordingId = this.#snapshot.recordingId): number | null {
    return this.#shown.shownAt(recordingId, lessonMs);
  }

  /** Which moment of which recording is shown at a time of the bar. */
  momentAt(shownMs: number): Moment {
    return this.#shown.momentAt(shownMs);
  }

  /**
   * What the platform says of the recording now: while the lesson is live it grows, and signed addresses are
   * renewed. `tracks` have the newest playlists.
   */
  know(told: { live: boolean; durationMs: number; tracks?: readonly { playlist: string }[] }): void {
    this.#live = told.live;
    this.#knownMs = told.durationMs;
    this.#addresses = told.tracks?.map(({ playlist }) => playlist) ?? this.#addresses;
    // The last second may have been played before the platform said that the lesson is over.
    if (!told.live && this.#leader?.media.ended) this.#onEnded();
    this.#tick();
  }

  /** Gives a track an element to play in. Returns how to take it away again. */
  attach(media: HTMLMediaElement, { playlist, leader, silent, onJump }: AttachOptions): () => void {
    const startAt = leader || !this.#leader ? this.#startAt : this.#leader.media.currentTime;
    const player = new TrackPlayer({
      media,
      playlist,
      silent,
      startAt,
      fresh: (address) => freshAddress(address, this.#addresses),
      onTrouble: (trouble) => {
        if (trouble === 'network') this.#onStale();
        if (leader) this.#set({ trouble });
      },
      onLevels: () => this.#onLevels(player, leader),
    });
    media.preservesPitch = true;
    media.volume = this.#snapshot.volume;
    media.muted = silent || this.#snapshot.muted;
    if (leader) return this.#lead(player, onJump);
    this.#followers.set(media, { player, jumpedAt: 0, onJump });
    if (this.#snapshot.playing) play(media);
    return () => {
      this.#followers.delete(media);
      player.destroy();
    };
  }

  async play(): Promise<void> {
    const media = this.#leader?.media;
    if (!media) return;
    this.#wanted = true;
    if (this.#snapshot.ended) this.seekShown(0);
    this.#set({ started: true });
    await media.play().catch(() => this.#set({ playing: false }));
  }

  pause(): void {
    this.#wanted = false;
    this.#leader?.media.pause();
  }

  toggle(): void {
    if (this.#snapshot.playing) this.pause();
    else void this.play();
  }

  /** Goes to a moment of a recording, or where the programme goes on after it. */
  seek(lessonMs: number, recordingId = this.#snapshot.recordingId): void {
    const moment = this.#shown.nearest(recordingId, Math.max(0, lessonMs));
    if (moment) this.#go(moment);
    else this.seekShown(this.#snapshot.shownDurationMs);
  }

  /** Goes to a time of the bar. */
  seekShown(shownMs: number): void {
    const last = Math.max(0, this.#snapshot.shownDurationMs - 100);
    this.#go(this.#shown.momentAt(Math.max(0, Math.min(shownMs, last))));
  }

  skip(ms: number): void {
    this.seekShown(this.#snapshot.shownMs + ms);
  }

  goLive(): void {
    const edge = this.#leader?.liveEdge;
    if (edge != null) this.seek(edge * 1000);
    void this.play();
  }

  setRate(rate: number): void {
    if (this.#leader) this.#leader.media.playbackRate = rate;
    this.#set({ rate });
  }

  setMuted(muted: boolean): void {
    if (this.#leader) this.#leader.media.muted = muted;
    for (const { player } of this.#followers.values()) {
      if (player.media instanceof HTMLAudioElement) player.media.muted = muted;
    }
    this.#set({ muted });
  }

  /** @param volume is brought within 0 and 1. */
  setVolume(volume: number): void {
    const within = Math.max(0, Math.min(1, volume));
    for (const { media } of this.#players()) media.volume = within;
    this.#set({ volume: within });
    if (within > 0 && this.#snapshot.muted) this.setMuted(false);
  }

  setHeight(height: number | null): void {
    for (const player of this.#players()) player.chooseHeight(height);
    this.#set({ height });
  }

  close(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#clipTimer);
    for (const { player } of this.#followers.values()) player.destroy();
    this.#followers.clear();
    this.#leader?.destroy();
    this.#leader = null;
  }

  *#players(): Generator<TrackPlayer> {
    if (this.#leader) yield this.#leader;
    for (const { player } of this.#followers.values()) yield player;
  }

  #go(moment: Moment): void {
    const media = this.#leader?.media;
    if (!media) return;
    const other = moment.recordingId !== this.#snapshot.recordingId;
    const end = other || this.#shown.clips ? Number.POSITIVE_INFINITY : this.#snapshot.durationMs - 100;
    const ms = Math.max(0, Math.min(moment.ms, end));
    clearTimeout(this.#clipTimer);
    this.#clip = moment.clip;
    this.#dryTicks = 0;
    this.#finished = false;
    this.#startAt = ms / 1000;
    if (other) {
      // Its elements belong to the other recording; the new leader goes on from `#startAt`.
      media.pause();
      this.#leader = null;
    } else {
      if (this.#shown.clips) this.#onLeaderJump?.(ms / 1000);
      media.currentTime = ms / 1000;
      for (const follower of this.#followers.values()) {
        if (this.#shown.clips) follower.onJump?.(ms / 1000);
        jump(follower, ms / 1000);
      }
    }
    const { recordingId } = moment;
    this.#set({ recordingId, timeMs: ms, shownMs: this.#shown.within({ ...moment, ms }), ended: false });
  }

  #lead(player: TrackPlayer, onJump: AttachOptions['onJump']): () => void {
    const { media } = player;
    this.#leader = player;
    this.#onLeaderJump = onJump;
    media.playbackRate = this.#snapshot.rate;
    const on = {
      play: () => this.#set({ started: true, playing: true, ended: false }),
      playing: () => this.#move(true),
      waiting: () => this.#move(false),
      pause: () => {
        this.#set({ playing: false });
        this.#move(false);
      },
      ended: () => this.#onEnded(),
    };
    for (const [name, listener] of Object.entries(on)) media.addEventListener(name, listener);
    // The recording before it was playing.
    if (this.#wanted) play(media);
    return () => {
      for (const [name, listener] of Object.entries(on)) media.removeEventListener(name, listener);
      if (this.#leader === player) {
        this.#startAt = media.currentTime;
        this.#leader = null;
      }
      player.destroy();
    };
  }

  /** The recording is over; the programme may go on elsewhere. */
  #onEnded(): void {
    if (this.#shown.clips && this.#shown.beginOf(this.#clip + 1)) {
      this.#nextClip();
      if (this.#leader) play(this.#leader.media);
      return;
    }
    this.#wanted = false;
    this.#set({ playing: false, ended: !this.#live, buffering: false });
    this.#move(false);
  }

  /** Leaves a clip at its end, to within a picture. */
  #watchClip(media: HTMLMediaElement): void {
    const clip = this.#shown.clips?.[this.#clip];
    clearTimeout(this.#clipTimer);
    if (!clip || clip.recordingId !== this.#snapshot.recordingId || this.#finished || media.seeking) return;
    const leftMs = (clip.toMs - media.currentTime * 1000) / this.#snapshot.rate;
    if (leftMs <= LEAVE_MS || this.#isDry(media, leftMs)) this.#nextClip();
    else if (leftMs < 2 * TICK_MS && !media.paused)
      this.#clipTimer = setTimeout(() => this.#watchClip(media), leftMs - LEAVE_MS);
  }

  /** What follows the clip is no media at all: its last few pictures may be missing, and nothing more comes. */
  #isDry(media: HTMLMediaElement, leftMs: number): boolean {
    const dry = leftMs < DRY_MS && this.#wanted && media.readyState < HTMLMediaElement.HAVE_FUTURE_DATA;
    if (!dry) this.#dryTicks = 0;
    else this.#dryTicks += 1;
    return this.#dryTicks > DRY_TICKS;
  }

  #nextClip(): void {
    const clip = this.#shown.clips?.[this.#clip];
    const next = this.#shown.beginOf(this.#clip + 1);
    if (clip && next) {
      const gap = next.ms - clip.toMs;
      if (next.recordingId === clip.recordingId && gap >= 0 && gap < SEAMLESS_MS) this.#clip = next.clip;
      else this.#go(next);
      return;
    }
    this.#finished = true;
    this.#wanted = false;
    this.#leader?.media.pause();
    this.#set({ playing: false, ended: true, buffering: false });
  }

  /** Lets the followers run with the leader, or stand with it. */
  #move(running: boolean): void {
    this.#set({ buffering: !running && this.#wanted && !this.#leader?.media.ended });
    for (const { player } of this.#followers.values()) {
      if (running) play(player.media);
      else player.media.pause();
    }
  }

  #onLevels(player: TrackPlayer, leader: boolean): void {
    player.chooseHeight(this.#snapshot.height);
    if (leader) this.#set({ heights: player.heights, leaderHasSound: player.hasSound });
  }

  #tick(): void {
    const media = this.#leader?.media;
    if (!media) return;
    this.#watchClip(media);
    // It may have been the end of a recording.
    if (this.#leader?.media !== media) return;
    const { duration, currentTime } = media;
    const known = Number.isFinite(duration) && duration > 0 ? duration * 1000 : this.#knownMs;
    const durationMs = this.#live ? Math.max(known, this.#knownMs) : known;
    const timeMs = media.readyState > 0 ? msOf(currentTime) : this.#snapshot.timeMs;
    const edge = this.#live ? this.#leader?.liveEdge : null;
    this.#set({
      timeMs,
      durationMs,
      shownMs: this.#shown.within({ clip: this.#clip, ms: timeMs }),
      shownDurationMs: this.#shown.lengthOf(durationMs),
      // A lesson that was live while its last second played is over only once the platform says so.
      ended: this.#finished || (media.ended && !this.#live),
      atLiveEdge: edge != null && edge - currentTime < LIVE_S,
    });
    for (const follower of this.#followers.values()) this.#keepInStep(follower, currentTime);
  }

  #keepInStep(follower: Follower, leader: number): void {
    const { media } = follower.player;
    if (media.readyState < HTMLMediaElement.HAVE_METADATA || media.seeking) return;
    // A track of a recording still growing may be a segment shorter than its leader.
    if (Number.isFinite(media.duration) && leader > media.duration) return;
    const { rate } = this.#snapshot;
    const nudged = media.playbackRate !== rate;
    const { seekTo, playbackRate } = follow(leader, media.currentTime, rate, nudged);
    if (media.playbackRate !== playbackRate) media.playbackRate = playbackRate;
    if (seekTo !== null && Date.now() - follower.jumpedAt > JUMP_PAUSE_MS) jump(follower, seekTo);
  }

  #set(change: Partial<ReplaySnapshot>): void {
    const next = { ...this.#snapshot, ...change };
    const keys = Object.keys(change) as (keyof ReplaySnapshot)[];
    if (keys.every((key) => next[key] === this.#snapshot[key])) return;
    this.#snapshot = next;
    for (const listener of this.#listeners) listener();
  }
}

function jump(follower: Follower, to: number): void {
  follower.jumpedAt = Date.now();
  follower.player.media.currentTime = to;
}

/** A follower that may not play now (it has nothing yet) is asked again when its leader moves. */
const play = (media: HTMLMediaElement): void => void media.play().catch(() => {});

/** Ms of a player's seconds. It keeps microseconds: 1.005 × 1000 would lie before the event that stands at 1005. */
const msOf = (seconds: number): number => Math.round(seconds * 1e6) / 1000;
