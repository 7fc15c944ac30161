import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Api } from './api.ts';
import { installProbe } from './probe.ts';
import { DEADLINE_MS } from './until.ts';

/** A name that Chromium takes for another machine's: plain HTTP there is not secure, as in a school's network. */
export const INSECURE_HOST = 'classroom.test';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--use-fake-ui-for-media-stream',
  // A moving picture with a beep a second; 15 frames are enough to see and spare two cores. Of the three cameras
  // the second is Chromium's depth camera, which gives WebRTC nothing.
  '--use-fake-device-for-media-stream=device-count=3,fps=15',
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
  `--host-resolver-rules=MAP ${INSECURE_HOST} 127.0.0.1`,
];

/** For tests of words and buttons: cameras whose pictures move, at a third of what they cost. */
export const SLOW_CAMERAS = '--use-fake-device-for-media-stream=device-count=3,fps=5';

/** The test run's browser. Every account gets a context of its own, as if on a machine of its own. */
export class TestBrowser {
  readonly #browser: Browser;

  /** @param flags more of Chromium's, e.g. a file that its microphone hears */
  static async launch(flags: readonly string[] = []): Promise<TestBrowser> {
    const executablePath = process.env.CHROMIUM_BIN;
    if (!executablePath) throw new Error('CHROMIUM_BIN is not set: run the tests with npm test');
    return new TestBrowser(await chromium.launch({ executablePath, args: [...FLAGS, ...flags] }));
  }

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** A context that is signed in like `api`, at `origin` (default: the platform's own). */
  async context(api: Pick<Api, 'origin' | 'cookie'> | null, origin = api?.origin): Promise<BrowserContext> {
    const version = this.#browser.version().split('.')[0];
    const context = await this.#browser.newContext({
      locale: 'en-US',
      // As a window's Chromium says it: `HeadlessChrome` is known to no browser detection.
      userAgent: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`,
      viewport: { width: 1366, height: 768 },
      ignoreHTTPSErrors: true,
    });
    context.setDefaultTimeout(DEADLINE_MS);
    await installProbe(context);
    if (api && origin) {
      const [name = '', value = ''] = api.cookie.split('=');
      await context.addCookies([{ name, value, url: origin }]);
    }
    return context;
  }

  async page(api: Pick<Api, 'origin' | 'cookie'> | null, path: string, origin = api?.origin): Promise<Page> {
    const page = await (await this.context(api, origin)).newPage();
    await page.goto(new URL(path, origin).href);
    return page;
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}
