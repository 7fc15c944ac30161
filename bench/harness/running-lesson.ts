import { Api } from '../../e2e/harness/api.ts';
import { TestBrowser } from '../../e2e/harness/browser.ts';
import { Classroom, DEMO } from '../../e2e/harness/classroom.ts';
import { LINE_ADDRESS, Line } from '../../e2e/harness/line.ts';
import { Platform } from '../../e2e/harness/platform.ts';
import { untilMoving } from '../../e2e/harness/probe.ts';
import { installFrameLog } from '../page/frame-log.ts';

/** A lesson with a teacher's and a remote classroom's page on the whole platform; the frames of the latter are logged. */
export class RunningLesson {
  readonly platform: Platform;
  readonly teacher: Classroom;
  readonly remote: Classroom;
  /** The remote classroom's line, where it has one that can be cut. */
  readonly line: Line | null;
  readonly #browser: TestBrowser;

  static async start({ line: wantsLine = false } = {}): Promise<RunningLesson> {
    const env = wantsLine ? { TC_SFU_ANNOUNCED_ADDRESS: LINE_ADDRESS } : {};
    const [platform, browser] = await Promise.all([Platform.start(env), TestBrowser.launch()]);
    const { http, sfu } = platform.ports;
    const line = wantsLine ? await Line.open({ tcp: [http, sfu], udp: sfu }) : null;
    const lesson = await (await Api.signIn(platform.origin, DEMO.teacher)).planLesson();
    const teacher = await Classroom.enter(browser, platform.origin, DEMO.masterClassroom, lesson);
    await teacher.startLesson();
    const origin = line ? `http://${LINE_ADDRESS}:${http}` : platform.origin;
    const remote = await Classroom.enter(browser, platform.origin, DEMO.remoteClassroom, lesson, origin);
    await untilMoving('the teacher on the big screen', remote.mainVideo);
    await installFrameLog(remote.page);
    return new RunningLesson(platform, browser, teacher, remote, line);
  }

  private constructor(
    platform: Platform,
    browser: TestBrowser,
    teacher: Classroom,
    remote: Classroom,
    line: Line | null,
  ) {
    this.platform = platform;
    this.#browser = browser;
    this.teacher = teacher;
    this.remote = remote;
    this.line = line;
  }

  /** Waits until the picture has been steady for a while, so that one round does not spoil the next. */
  async settle(): Promise<void> {
    await untilMoving('the teacher on the big screen', this.remote.mainVideo, 30);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    this.line?.close();
    await this.platform.close();
  }
}
