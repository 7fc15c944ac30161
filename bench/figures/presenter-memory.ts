import { setTimeout as sleep } from 'node:timers/promises';
import { Api } from '../../e2e/harness/api.ts';
import { DEMO } from '../../e2e/harness/classroom.ts';
import { SocketClient } from '../../e2e/harness/socket-client.ts';
import type { Measured, Say } from '../figure.ts';
import { rendererMiB } from '../harness/renderer-memory.ts';
import { RunningLesson } from '../harness/running-lesson.ts';
import { fillBoard } from '../load/full-board.ts';

/** What a lively lesson of 45 minutes is made of, by kind of event. */
const HANDS = 300;
const CALLS = 120;
const TIMERS = 90;
const STROKES = 2_000;
const BATCH = 25;
const REST_MS = 5_000;

/**
 * Memory of the presenter's tab (resident memory of its renderer process) after the events of 45 minutes, against
 * the same tab before them. The time itself is not simulated: pictures run for as long as the events take.
 */
export async function measure(say: Say): Promise<Measured> {
  const lesson = await RunningLesson.start();
  try {
    const { platform, teacher } = lesson;
    await lesson.settle();
    await sleep(REST_MS);
    const before = await rendererMiB(teacher.page);
    const other = await SocketClient.connect(await Api.signIn(platform.origin, DEMO.otherClassroom));
    const { participant } = await other.join(teacher.lessonId);
    const desk = await SocketClient.connect(await Api.signIn(platform.origin, DEMO.administrator));
    await desk.join(teacher.lessonId);
    const { participantId } = participant;
    for (let done = 0; done < HANDS; done += BATCH) {
      for (let n = 0; n < BATCH; n++) await other.ask({ type: 'hand.raise', child: `child ${done + n}` });
      for (let n = 0; n < BATCH; n++)
        await desk.ask({ type: 'call.make', participantId, child: `child ${done + n}` });
      say(`${done + BATCH} of ${HANDS} children raised a hand and were called`);
    }
    for (let n = 0; n < CALLS; n++)
      await desk.ask({ type: 'call.random', among: [{ participantId, child: null }] });
    for (let n = 0; n < TIMERS; n++) await desk.ask({ type: 'timer.start', durationMs: 60_000 });
    await fillBoard(await Api.signIn(platform.origin, DEMO.teacher), teacher, STROKES);
    say(`${STROKES} strokes are on the board`);
    await sleep(REST_MS);
    const after = await rendererMiB(teacher.page);
    other.close();
    desk.close();
    return { value: after, baseline: before, detail: { grownMiB: Math.round(after - before) } };
  } finally {
    await lesson.close();
  }
}
