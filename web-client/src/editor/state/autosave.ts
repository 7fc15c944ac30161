import type { Programme } from '#protocol/programme.ts';
import { ApiError } from '../../api/api-error.ts';
import type { PageErrorCode } from '../../i18n/errors.ts';

/** A pause in the work after which it is saved, ms. */
const QUIET_MS = 1_200;
const RETRY_MS = 5_000;

export type SaveState =
  | { kind: 'saved' }
  /** Not yet on the platform, but kept in this browser. */
  | { kind: 'waiting' }
  | { kind: 'saving' }
  /** Tried again by itself. */
  | { kind: 'failed'; code: PageErrorCode }
  /** Somebody else was faster; nothing is saved until one is chosen. */
  | { kind: 'overtaken' }
  /** Submitted or published meanwhile, or refused for good. */
  | { kind: 'refused'; code: PageErrorCode };

export interface AutosaveOptions {
  version: number;
  programme: Programme;
  save: (seen: number, programme: Programme) => Promise<{ version: number }>;
  /** Keeps what the platform does not have yet in this browser; null when there is nothing. */
  keep: (unsaved: { seen: number; programme: Programme } | null) => void;
  onState: (state: SaveState) => void;
  quietMs?: number;
  retryMs?: number;
}

/**
 * Saves a programme while it is edited: one save at a time, each on the version before it. A failure is tried again;
 * being overtaken is not, because somebody has to decide.
 */
export class Autosave {
  readonly #options: AutosaveOptions;
  #version: number;
  #saved: Programme;
  #latest: Programme;
  #state: SaveState = { kind: 'saved' };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | null = null;
  #closed = false;

  constructor(options: AutosaveOptions) {
    this.#options = options;
    this.#version = options.version;
    this.#saved = options.programme;
    this.#latest = options.programme;
  }

  get version(): number {
    return this.#version;
  }

  get state(): SaveState {
    return this.#state;
  }

  /** What is not on the platform yet; null when all of it is. */
  get unsaved(): { seen: number; programme: Programme } | null {
    return this.#latest === this.#saved ? null : { seen: this.#version, programme: this.#latest };
  }

  change(programme: Programme): void {
    if (programme === this.#latest) return;
    this.#latest = programme;
    this.#options.keep(this.unsaved);
    if (this.#stuck) return;
    if (!this.#running) this.#set(this.unsaved ? { kind: 'waiting' } : { kind: 'saved' });
    this.#schedule(this.#options.quietMs ?? QUIET_MS);
  }

  /** Saves what is waiting now. Whether all of it is on the platform afterwards. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    while (this.#running) await this.#running;
    if (this.unsaved && !this.#stuck) {
      await this.#run();
      clearTimeout(this.#timer);
    }
    return this.unsaved === null;
  }

  /** Mine above theirs: theirs stays in the history. */
  putAbove(version: number): void {
    this.#version = version;
    this.#set({ kind: 'waiting' });
    this.#schedule(0);
  }

  /** The platform has this now: theirs was taken, or a former version restored. */
  accept(version: number, programme: Programme): void {
    clearTimeout(this.#timer);
    this.#version = version;
    this.#saved = programme;
    this.#latest = programme;
    this.#options.keep(null);
    this.#set({ kind: 'saved' });
  }

  /** What was found unsaved in this browser was made on another version than the newest. */
  overtaken(programme: Programme): void {
    this.#latest = programme;
    this.#set({ kind: 'overtaken' });
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  get #stuck(): boolean {
    return this.#state.kind === 'overtaken' || this.#state.kind === 'refused';
  }

  #schedule(afterMs: number): void {
    clearTimeout(this.#timer);
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      if (!this.#running && this.unsaved && !this.#stuck) void this.#run();
    }, afterMs);
  }

  #run(): Promise<void> {
    const programme = this.#latest;
    const seen = this.#version;
    this.#set({ kind: 'saving' });
    this.#running = this.#options
      .save(seen, programme)
      .then(({ version }) => {
        this.#version = version;
        this.#saved = programme;
        this.#set(this.unsaved ? { kind: 'waiting' } : { kind: 'saved' });
        this.#schedule(this.#options.quietMs ?? QUIET_MS);
      })
      .catch((thrown) => {
        const { code } = ApiError.from(thrown);
        if (code === 'OVERTAKEN') this.#set({ kind: 'overtaken' });
        else if (code === 'NETWORK' || code === 'INTERNAL') {
          this.#set({ kind: 'failed', code });
          this.#schedule(this.#options.retryMs ?? RETRY_MS);
        } else this.#set({ kind: 'refused', code });
      })
      .finally(() => {
        this.#running = null;
        this.#options.keep(this.unsaved);
      });
    return this.#running;
  }

  #set(state: SaveState): void {
    this.#state = state;
    if (!this.#closed) this.#options.onState(state);
  }
}
