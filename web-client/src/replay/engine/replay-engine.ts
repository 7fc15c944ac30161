import { follow } from './follow.ts';
import { TrackPlayer, type Trouble } from './track-player.ts';

const TICK_MS = 200;
/** A jump takes time to load; jumping again before that would never arrive. */
const JUMP_PAUSE_MS = 1_500;
/** As near to the live edge as this counts as live, seconds. */
const LIVE_S = 12;

export interface ReplaySnapshot {
  readonly started: boolean;
  readonly playing: boolean;
  readonly buffering: boolean;
  readonly ended: boolean;
  readonly timeMs: number;
  readonly durationMs: number;
  readonly rate: number;
  readonly muted: boolean;
  /** Rungs of the leading picture; the chosen one, or null while the line decides. */
  readonly heights: readonly number[];
  readonly height: number | null;
  readonly trouble: Trouble | null;
  readonly atLiveEdge: boolean;
  /** Whether the leader plays its participant's voice; null until its playlist was read. */
  readonly leaderHasSound: boolean | null;
}

interface Follower {
  player: TrackPlayer;
  jumpedAt: number;
}

export interface AttachOptions {
  playlist: string;
  leader: boolean;
  silent: boolean;
}

/**
 * Plays the tracks of one recording in step. Every track's element time is lesson time, so one element
 * leads and the others follow it. Made for `useSyncExternalStore`.
 */
export class ReplayEngine {
  readonly #listeners = new Set<() => void>();
  readonly #followers = new Map<HTMLMediaElement, Follower>();
  readonly #timer = setInterval(() => this.#tick(), TICK_MS);
  #leader: TrackPlayer | null = null;
  /** Where to begin, seconds; -1 at the live edge. */
  #startAt: number;
  #live: boolean;
  #knownMs: number;
  #wanted = false;
  #snapshot: ReplaySnapshot;

  constructor(options: { startAtMs: number | 'live'; live: boolean; durationMs: number }) {
    this.#startAt = options.startAtMs === 'live' ? -1 : options.startAtMs / 1000;
    this.#live = options.live;
    this.#knownMs = options.durationMs;
    this.#snapshot = {
      started: false,
      playing: false,
      buffering: false,
      ended: false,
      timeMs: options.startAtMs === 'live' ? options.durationMs : options.startAtMs,
      durationMs: options.durationMs,
      rate: 1,
      muted: false,
      heights: [],
      height: null,
      trouble: null,
      atLiveEdge: false,
      leaderHasSound: null,
    };
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  getSnapshot = (): ReplaySnapshot => this.#snapshot;

  /** What the platform says of the recording now; while the lesson is live it grows. */
  know({ live, durationMs }: { live: boolean; durationMs: number }): void {
    this.#live = live;
    this.#knownMs = durationMs;
    // The last second may have been played before the platform said that the lesson is over.
    if (!live && this.#leader?.media.ended) this.#set({ ended: true });
    this.#tick();
  }

  /** Gives a track an element to play in. Returns how to take it away again. */
  attach(media: HTMLMediaElement, { playlist, leader, silent }: AttachOptions): () => void {
    const startAt = leader || !this.#leader ? this.#startAt : this.#leader.media.currentTime;
    const player = new TrackPlayer({
      media,
      playlist,
      silent,
      startAt,
      onTrouble: (trouble) => leader && this.#set({ trouble }),
      onLevels: () => this.#onLevels(player, leader),
    });
    media.muted = silent || this.#snapshot.muted;
    if (leader) return this.#lead(player);
    this.#followers.set(media, { player, jumpedAt: 0 });
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
    if (this.#snapshot.ended) this.seek(0);
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

  seek(ms: number): void {
    const media = this.#leader?.media;
    if (!media) return;
    const to = Math.max(0, Math.min(ms, this.#snapshot.durationMs - 100)) / 1000;
    this.#startAt = to;
    media.currentTime = to;
    for (const follower of this.#followers.values()) jump(follower, to);
    this.#set({ timeMs: to * 1000, ended: false });
  }

  skip(ms: number): void {
    this.seek(this.#snapshot.timeMs + ms);
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

  setHeight(height: number | null): void {
    this.#leader?.chooseHeight(height);
    for (const { player } of this.#followers.values()) player.chooseHeight(height);
    this.#set({ height });
  }

  close(): void {
    clearInterval(this.#timer);
    for (const { player } of this.#followers.values()) player.destroy();
    this.#followers.clear();
    this.#leader?.destroy();
    this.#leader = null;
  }

  #lead(player: TrackPlayer): () => void {
    const { media } = player;
    this.#leader = player;
    media.playbackRate = this.#snapshot.rate;
    const on = {
      play: () => this.#set({ started: true, playing: true, ended: false }),
      playing: () => this.#move(true),
      waiting: () => this.#move(false),
      pause: () => {
        this.#set({ playing: false });
        this.#move(false);
      },
      ended: () => {
        this.#wanted = false;
        this.#set({ playing: false, ended: !this.#live, buffering: false });
        this.#move(false);
      },
    };
    for (const [name, listener] of Object.entries(on)) media.addEventListener(name, listener);
    return () => {
      for (const [name, listener] of Object.entries(on)) media.removeEventListener(name, listener);
      this.#startAt = media.currentTime;
      if (this.#leader === player) this.#leader = null;
      player.destroy();
    };
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
    const { duration, currentTime } = media;
    const durationMs = Number.isFinite(duration) && duration > 0 ? duration * 1000 : this.#knownMs;
    const edge = this.#live ? this.#leader?.liveEdge : null;
    this.#set({
      timeMs: media.readyState > 0 ? currentTime * 1000 : this.#snapshot.timeMs,
      durationMs: this.#live ? Math.max(durationMs, this.#knownMs) : durationMs,
      // A lesson that was live while its last second played is over only once the platform says so.
      ended: media.ended && !this.#live,
      atLiveEdge: edge != null && edge - currentTime < LIVE_S,
    });
    for (const follower of this.#followers.values()) this.#keepInStep(follower, currentTime);
  }

  #keepInStep(follower: Follower, leader: number): void {
    const { media } = follower.player;
    if (media.readyState < HTMLMediaElement.HAVE_METADATA || media.seeking) return;
    // A track of a recording still growing may be a segment shorter than its leader.
    if (Number.isFinite(media.duration) && leader > media.duration) return;
    const { seekTo, playbackRate } = follow(leader, media.currentTime, this.#snapshot.rate);
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
