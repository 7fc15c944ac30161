import type { Locator, Page } from 'playwright-core';
import { BoardScreen } from './board-screen.ts';
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

  /** The replay page by its address. */
  static async at(page: Page): Promise<ReplayScreen> {
    await page.getByTestId('replay-play').waitFor();
    return new ReplayScreen(page);
  }

  private constructor(page: Page) {
    this.#page = page;
  }

  get board(): BoardScreen {
    return new BoardScreen(this.#page);
  }

  /** Begins and stands still: from then on {@link seek} shows what was there. */
  async stand(): Promise<void> {
    await this.#play();
    await this.#page.getByTestId('replay-toggle').click();
  }

  async goOn(): Promise<void> {
    await this.#page.getByTestId('replay-toggle').click();
  }

  /** By the bar. @param ms of what is shown, a multiple of 100 */
  async seek(ms: number): Promise<void> {
    await this.#page.getByTestId('replay-seek').fill(String(ms));
    await until(`the replay stands at ${ms}`, async () => {
      const { currentTime, seeking } = await this.mainVideo.evaluate((element) => {
        const { currentTime, seeking } = element as HTMLVideoElement;
        return { currentTime, seeking };
      });
      return !seeking && Math.abs(currentTime * 1000 - ms) < 100;
    });
  }

  /** What is on the screen: track ids and `board`, in the order of their places. */
  async shown(): Promise<{ layout: string; sources: string[] }> {
    return await this.#page.getByTestId('replay-stage').evaluate((stage) => {
      const { layout = '', sources = '' } = stage.querySelector<HTMLElement>('[data-sources]')!.dataset;
      return { layout, sources: sources.split(' ').filter(Boolean) };
    });
  }

  /** Shows one picture by its feed's role, or `board`. */
  async choose(role: string): Promise<void> {
    await this.#page.getByTestId('view-picker').click();
    await this.#page.locator(`[data-testid^=view-][data-role=${role}]`).first().click();
  }

  /** Shows one more picture beside the others. */
  async addBeside(role: string): Promise<void> {
    const picker = this.#page.getByTestId('view-picker');
    await picker.click();
    const name = await this.#page
      .locator(`[data-testid^=view-][data-role=${role}]`)
      .getAttribute('data-testid');
    await this.#page.getByTestId(name!.replace('view-', 'beside-')).click();
    await picker.click();
  }

  async backToCut(): Promise<void> {
    await this.#page.getByTestId('view-cut').click();
  }

  /** Plays from here to the end. @returns the times in the media of the pictures that were shown, s */
  async framesToTheEnd(): Promise<number[]> {
    await this.mainVideo.evaluate((element) => {
      const video = element as HTMLVideoElement & { frames?: number[] };
      const frames: number[] = [];
      video.frames = frames;
      const watch = () =>
        video.requestVideoFrameCallback((_now, { mediaTime }) => {
          if (!video.paused) frames.push(mediaTime);
          watch();
        });
      watch();
    });
    await this.#play();
    await this.#page.getByTestId('replay-ended').waitFor();
    return await this.mainVideo.evaluate(
      (element) => (element as HTMLVideoElement & { frames?: number[] }).frames ?? [],
    );
  }

  get chapters(): Locator {
    return this.#page.getByTestId('chapters').locator('button');
  }

  async openTab(key: 'chapters' | 'questions' | 'talk'): Promise<Locator> {
    await this.#page.getByTestId(`tab-${key}`).click();
    return this.#page.getByTestId(key === 'chapters' ? 'chapters' : `replay-${key}`);
  }

  /** How far every element that has something to play is from the leading one, ms. */
  async offsets(): Promise<number[]> {
    return await this.#page.evaluate(() => {
      const main = document.querySelector<HTMLVideoElement>('[data-testid=replay-main]')!;
      const others = [
        ...document.querySelectorAll<HTMLMediaElement>('[data-testid=replay-stage] :is(video, audio)'),
      ];
      return others
        .filter((media) => media !== main && media.readyState >= 3)
        .map((media) => Math.round((media.currentTime - main.currentTime) * 1000));
    });
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
