import type { Page } from 'playwright-core';
import { until } from './until.ts';

/** Places on a page of the board, as shares of its width and height. */
export type Spot = readonly [x: number, y: number];

/** The board as one page shows it. */
export class BoardScreen {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get mayWrite() {
    return this.page.getByTestId('board-tools');
  }

  async hand(spots: readonly Spot[], { lift = true }: { lift?: boolean } = {}): Promise<void> {
    const surface = this.page.getByTestId('board-hand');
    await surface.waitFor();
    const box = (await surface.boundingBox())!;
    const at = ([x, y]: Spot) => [box.x + x * box.width, box.y + y * box.height] as const;
    const [first, ...rest] = spots;
    await this.page.mouse.move(...at(first!));
    await this.page.mouse.down();
    for (const spot of rest) await this.page.mouse.move(...at(spot), { steps: 4 });
    if (lift) await this.page.mouse.up();
  }

  /** Until so many marks stand on the page that is shown. */
  async untilItems(count: number): Promise<void> {
    await this.page.locator(`[data-testid=board-page][data-items="${count}"]`).waitFor();
  }

  /** Until a page of a PDF is painted. */
  async untilPage(number: number): Promise<void> {
    await this.page.locator(`[data-testid=board-page] [data-painted="${number}"]`).waitFor();
  }

  /** Whether there is ink at a place: on what stands, or on what is just being drawn. */
  async inkAt([x, y]: Spot, layer: 'standing' | 'moving' = 'standing'): Promise<boolean> {
    return await this.page.getByTestId(layer === 'standing' ? 'board-ink' : 'board-live').evaluate(
      (element, spot) => {
        const canvas = element as HTMLCanvasElement;
        // As far from the place as a thin pen may be, on a small screen.
        const reach = 4;
        const data = canvas
          .getContext('2d')!
          .getImageData(
            Math.round(spot.x * canvas.width) - reach,
            Math.round(spot.y * canvas.height) - reach,
            2 * reach,
            2 * reach,
          ).data;
        return data.some((value, index) => index % 4 === 3 && value > 100);
      },
      { x, y },
    );
  }

  async untilInk(spot: Spot, there: boolean, layer: 'standing' | 'moving' = 'standing'): Promise<void> {
    await until(
      `ink at ${spot} is ${there ? '' : 'not '}there`,
      async () => (await this.inkAt(spot, layer)) === there,
    );
  }

  /** Where the clip stands, ms, and the page's own time at that moment. */
  async clip(): Promise<{ at: number; positionMs: number; playing: boolean }> {
    return await this.page.getByTestId('board-clip').evaluate((element) => {
      const video = element as HTMLVideoElement;
      return { at: Date.now(), positionMs: video.currentTime * 1000, playing: !video.paused };
    });
  }
}
