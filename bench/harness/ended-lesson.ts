import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Api } from '../../e2e/harness/api.ts';
import { DEMO } from '../../e2e/harness/classroom.ts';
import { Platform } from '../../e2e/harness/platform.ts';
import { until } from '../../e2e/harness/until.ts';
import type { Say } from '../figure.ts';
import { makeElementaryStreams } from '../load/elementary-streams.ts';
import { lengthen } from '../load/long-recording.ts';
import { RtpSource } from '../load/rtp-source.ts';
import { WhipPresenter } from '../load/whip-presenter.ts';

/** For a lesson to record something that can be repeated. */
const SEED_MS = 9_000;
const RESUMED_MS = 5_000;

/** A platform with one lesson that is over and was `lengthMs` long (see {@link lengthen}). */
export class EndedLesson {
  readonly platform: Platform;
  readonly api: Api;
  readonly lessonId: string;
  readonly dataDir: string;

  static async hold(lengthMs: number, say: Say): Promise<EndedLesson> {
    say('encoding the film');
    const source = new RtpSource(await makeElementaryStreams());
    const dataDir = mkdtempSync(join(tmpdir(), 'three-classrooms-bench-'));
    let platform = await Platform.start({ TC_DATA_DIR: dataDir });
    try {
      const { lessonId } = await (await Api.signIn(platform.origin, DEMO.masterClassroom)).planLesson();
      await teach(platform, lessonId, source, SEED_MS);
      await platform.close();
      say('making the lesson long');
      await lengthen(dataDir, lessonId, lengthMs);
      platform = await Platform.start({ TC_DATA_DIR: dataDir });
      const api = await teach(platform, lessonId, source, RESUMED_MS);
      await api.changeState(lessonId, 'ended');
      await api.untilReady(lessonId);
      return new EndedLesson(platform, api, lessonId, dataDir);
    } catch (error) {
      await platform.close();
      throw error;
    } finally {
      source.stop();
    }
  }

  private constructor(platform: Platform, api: Api, lessonId: string, dataDir: string) {
    this.platform = platform;
    this.api = api;
    this.lessonId = lessonId;
    this.dataDir = dataDir;
  }

  async close(): Promise<void> {
    await this.platform.close();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

async function teach(platform: Platform, lessonId: string, source: RtpSource, ms: number): Promise<Api> {
  const api = await Api.signIn(platform.origin, DEMO.masterClassroom);
  const { state } = await api.lesson(lessonId);
  if (state === 'scheduled') await until('the lesson can be opened', () => api.changeState(lessonId, 'open'));
  const presenter = await WhipPresenter.connect(api, lessonId);
  source.start(presenter.take);
  if (state !== 'live') await api.changeState(lessonId, 'live');
  await sleep(ms);
  await presenter.close();
  return api;
}
