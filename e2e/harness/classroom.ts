import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { Lesson } from '#protocol/domain.ts';
import { projectLive } from '#protocol/live-state.ts';
import { Api } from './api.ts';
import type { TestBrowser } from './browser.ts';
import { until } from './until.ts';

/** Who is who in the demo's plan. */
export const DEMO = {
  teacher: '陈静',
  assistant: '李秀兰',
  administrator: '马建国',
  researcher: '林芳',
  student: '刘小雨',
  operator: '赵强',
  otherTeacher: '周明',
  masterClassroom: '实验小学录播教室',
  remoteClassroom: '石门教学点教室',
  otherClassroom: '河口小学多媒体教室',
} as const;

/** One account in one lesson: its page, and its API for looking behind the page. */
export class Classroom {
  readonly api: Api;
  readonly lessonId: string;
  readonly page: Page;
  /** Types of the socket requests that the page sent, in order. */
  readonly requests: string[] = [];

  /**
   * Signs in by name and opens the lesson's page.
   * @param origin another way to the same platform.
   * @param prepare what is done to the browser's context before the page opens.
   */
  static async enter(
    browser: TestBrowser,
    platformOrigin: string,
    name: string,
    { lessonId }: Pick<Lesson, 'lessonId'>,
    origin = platformOrigin,
    prepare: (context: BrowserContext) => Promise<void> = async () => {},
  ): Promise<Classroom> {
    const api = await Api.signIn(platformOrigin, name);
    const context = await browser.context(api, origin);
    await prepare(context);
    const page = await context.newPage();
    const classroom = new Classroom(api, page, lessonId);
    await page.goto(`${origin}/lessons/${lessonId}`);
    return classroom;
  }

  /** A page that came there by itself. */
  static at(page: Page, api: Api, lessonId: string): Classroom {
    return new Classroom(api, page, lessonId);
  }

  private constructor(api: Api, page: Page, lessonId: string) {
    this.api = api;
    this.page = page;
    this.lessonId = lessonId;
    page.on('websocket', (socket) =>
      socket.on('framesent', ({ payload }) => {
        const type = /^42\/lesson,\d*\["request",\{"type":"([^"]+)"/.exec(String(payload))?.[1];
        if (type) this.requests.push(type);
      }),
    );
  }

  /** The large picture. */
  get mainVideo(): Locator {
    return this.page.getByTestId('stage-main').locator('video');
  }

  /** The picture in a person's or classroom's tile. */
  tileVideo(name: string): Locator {
    return this.page.locator('section[data-presence]').filter({ hasText: name }).locator('video');
  }

  async startLesson(): Promise<void> {
    await this.page.getByTestId('start-lesson').click();
    await this.page.getByTestId('end-lesson').waitFor();
  }

  async endLesson(): Promise<void> {
    await this.page.getByTestId('end-lesson').click();
    await this.page.getByTestId('end-lesson-confirm').click();
    await this.page.getByTestId('lesson-ended').waitFor();
  }

  /** Waits until the timeline has this many feeds of this account, and returns them. */
  async ownFeeds(count: number) {
    return await until(`${this.api.account?.name} sends ${count} feeds`, async () => {
      const feeds = (await this.liveFeeds()).filter(
        ({ accountId }) => accountId === this.api.account?.accountId,
      );
      return feeds.length === count && feeds;
    });
  }

  /** The feeds of the lesson now, by its timeline, with whose they are. */
  async liveFeeds() {
    const events = await this.api.timeline(this.lessonId);
    const live = projectLive(this.lessonId, events);
    return [...live.feeds.values()].map((feed) => ({
      ...feed,
      accountId: live.participants.get(feed.participantId)?.accountId,
    }));
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
