import type { QualitySample } from '#protocol/quality.ts';
import type { LessonSession } from '../lesson/session.ts';
import { type Look, look, sampleOf } from './lesson-facts.ts';

const LOOK_MS = 2_000;
/** A light that stays the same is told this often. */
const REPORT_MS = 5_000;

/** Tells the teacher's side what this page really sees and hears, while the lesson runs. */
export class QualityReporter {
  readonly #session: LessonSession;
  readonly #timer: ReturnType<typeof setInterval>;
  #before: Look | null = null;
  #told: { sample: QualitySample; atMs: number } | null = null;
  #busy = false;

  constructor(session: LessonSession) {
    this.#session = session;
    this.#timer = setInterval(() => void this.#look(), LOOK_MS);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #look(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      const statistics = await this.#session.statistics();
      const snapshot = this.#session.getSnapshot();
      // Nothing of one's own to tell: a page that is away is seen to be away, and one that only points watches nothing.
      if (snapshot.phase !== 'joined' || snapshot.media === 'none') return;
      const atMs = performance.now();
      this.#before = look(snapshot, statistics, this.#before, atMs);
      const sample = sampleOf(snapshot, this.#before, statistics);
      if (!this.#isNews(sample, atMs)) return;
      await this.#session.act('quality.report', sample);
      this.#told = { sample, atMs };
    } catch {
      // The line is down, or the lesson just ended: the next look tells again.
    } finally {
      this.#busy = false;
    }
  }

  #isNews(sample: QualitySample, atMs: number): boolean {
    const told = this.#told;
    if (!told || atMs - told.atMs >= REPORT_MS) return true;
    return sample.light !== told.sample.light || sample.cause !== told.sample.cause;
  }
}
