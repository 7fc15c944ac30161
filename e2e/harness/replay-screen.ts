import type { Locator, Page } from 'playwright-core';
import { until } from './until.ts';

interface MediaState {
  currentTime: number;
  /** Seconds. */
  duration: number;
  frames: number;
  /** MediaError's code, null when there was none. */
  errorCode: number | null;
}

/** The replay page, opened from the page that a lesson's end leaves. */
export class ReplayScreen {
  readonly #page: Page;

  static async open(page: Page): Promise<ReplayScreen> {
    await page.getByTestId('to-replay').click();
    await page.getByTestId('replay-play').waitFor();
    return new ReplayScreen(page);
  }

  private constructor(page: Page) {
    this.#page = page;
  }

  /** The leading picture. */
  get mainVideo(): Locator {
    return this.#page.getByTestId('replay-main');
  }

  /** At double speed, without jumping. */
  async playToTheEnd(): Promise<void> {
    await this.#page.getByTestId('replay-speed').selectOption('2');
    await this.#play();
    await this.untilEnded();
  }

  /** @param seconds of lesson time */
  async playFrom(seconds: number): Promise<void> {
    await this.#play();
    await this.#page.getByTestId('replay-main').evaluate((element, at) => {
      (element as HTMLVideoElement).currentTime = at;
    }, seconds);
  }

  async untilEnded(): Promise<void> {
    const { duration } = await this.state('replay-main');
    const end = this.#page.getByTestId('replay-ended');
    await until('the replay has ended', () => end.isVisible(), {
      deadlineMs: 30_000 + duration * 1000,
      // What every element of the page is doing, for the message.
      tell: () => this.#elements(),
    });
  }

  async #elements(): Promise<string> {
    return await this.#page.evaluate(() =>
      [...document.querySelectorAll<HTMLMediaElement>('video, audio')]
        .map((media) => {
          const ranges = Array.from({ length: media.buffered.length }, (_, index) =>
            [media.buffered.start(index), media.buffered.end(index)].map((at) => at.toFixed(2)).join('-'),
          );
          const { currentTime, duration, paused, ended, readyState } = media;
          return JSON.stringify({ currentTime, duration, paused, ended, readyState, ranges });
        })
        .join('\n'),
    );
  }

  async #play(): Promise<void> {
    const button = this.#page.getByTestId('replay-play');
    if (await button.isVisible()) await button.click();
    await until('the replay plays', async () => (await this.state('replay-main')).currentTime > 0);
  }

  async state(testId: 'replay-main' | 'replay-second'): Promise<MediaState> {
    return await this.#page.getByTestId(testId).evaluate((element) => {
      const video = element as HTMLVideoElement;
      return {
        currentTime: video.currentTime,
        duration: video.duration,
        frames: video.getVideoPlaybackQuality().totalVideoFrames,
        errorCode: video.error?.code ?? null,
      };
    });
  }
}
