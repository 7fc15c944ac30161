import { readFileSync, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Api } from '../../e2e/harness/api.ts';
import { DEMO } from '../../e2e/harness/classroom.ts';
import { Platform } from '../../e2e/harness/platform.ts';
import { until } from '../../e2e/harness/until.ts';
import type { Measured, Say } from '../figure.ts';
import { ListingTimes } from '../harness/listing-times.ts';
import { MediaNode } from '../harness/media-node.ts';
import { NodeDoor } from '../harness/node-door.ts';
import { type ElementaryStreams, makeElementaryStreams } from '../load/elementary-streams.ts';
import { RecordedLesson } from '../load/recorded-lesson.ts';
import { RtpSource } from '../load/rtp-source.ts';
import { WhipPresenter } from '../load/whip-presenter.ts';
import { median, percentile, summary } from '../statistics.ts';

const RECORDED_MS = 32_000;
const SEGMENT_MS = 2_000;
const PLAYLIST = 'index.m3u8';
const POLL_MS = 5;

/**
 * Time from sending a segment's last frame until the segment stands in the playlist. Twice: through the
 * whole platform (WHIP, sfu, recorder, read over HTTP by a page's cookie), one layer; and into the recorder
 * alone, read from the disk, with the three layers of a browser's camera. The worse one counts.
 */
export async function measure(say: Say): Promise<Measured> {
  say('encoding the streams');
  const media = await makeElementaryStreams();
  say(`through the platform for ${RECORDED_MS / 1000} s`);
  const platform = await throughPlatform(media);
  say(`into the recorder for ${RECORDED_MS / 1000} s`);
  const recorder = await intoRecorder(media);
  const worse = percentile(platform, 0.95) > percentile(recorder, 0.95) ? platform : recorder;
  const p95 = percentile(worse, 0.95);
  return {
    value: p95,
    p50: median(worse),
    p95,
    detail: { platformOverHttp: summary(platform), recorderThreeLayers: summary(recorder) },
  };
}

async function throughPlatform(media: ElementaryStreams): Promise<number[]> {
  const source = new RtpSource(media, { stamped: true });
  const platform = await Platform.start();
  try {
    const api = await Api.signIn(platform.origin, DEMO.masterClassroom);
    const { lessonId } = await api.planLesson();
    await api.changeState(lessonId, 'open');
    const presenter = await WhipPresenter.connect(api, lessonId);
    await api.changeState(lessonId, 'live');
    source.start(presenter.take);
    const { playlist } = await until('the picture is recorded', async () =>
      (await api.replay(lessonId)).tracks.find(({ kind }) => kind === 'video'),
    );
    const rung = new URL('l0/', new URL(playlist, platform.origin)).pathname;
    const times = new ListingTimes();
    const end = performance.now() + RECORDED_MS;
    while (performance.now() < end) {
      times.note(String((await api.ask('GET', `${rung}${PLAYLIST}`)).body));
      await sleep(POLL_MS);
    }
    source.stop();
    await presenter.close();
    const largest = source.streams.findIndex(({ rung }) => rung.rungId === 'l2');
    const folder = join(platform.dataDir, 'blobs', rung.replace(/^\/media\/s\/\d+\/[\w-]+\//, ''));
    return enough(await times.delays(source.sentAt[largest]!, (name) => readFile(join(folder, name))), 1);
  } finally {
    source.stop();
    await platform.close();
  }
}

async function intoRecorder(media: ElementaryStreams): Promise<number[]> {
  const source = new RtpSource(media, { stamped: true });
  const door = await NodeDoor.open();
  const recorder = await MediaNode.start('recorder', door);
  try {
    const lesson = await RecordedLesson.start(await door.recorder(), source.streams);
    source.start(lesson.sink);
    const video = source.streams.filter(({ kind }) => kind === 'video');
    const track = join(recorder.dataDir, 'blobs/recordings', lesson.recordingId, lesson.cameraId);
    const watches = await Promise.all(video.map(({ rung }) => watchFile(join(track, rung.rungId))));
    await sleep(RECORDED_MS);
    source.stop();
    const delays = await Promise.all(
      watches.map(({ times, folder, stop }, index) => {
        stop();
        return times.delays(source.sentAt[index]!, (name) => readFile(join(folder, name)));
      }),
    );
    return enough(delays.flat(), video.length);
  } finally {
    source.stop();
    await recorder.close();
    await door.close();
  }
}

/** Reads a rung's playlist whenever it is replaced, which the recorder does by a rename. */
async function watchFile(folder: string) {
  const times = new ListingTimes();
  const read = () => times.note(readFileSync(join(folder, PLAYLIST), 'utf8'));
  const watcher = await until(
    'the first segment is listed',
    () => watch(folder, (_, name) => name === PLAYLIST && read()),
    { everyMs: 20 },
  );
  return { times, folder, stop: () => watcher.close() };
}

function enough(delays: number[], rungs: number): number[] {
  if (delays.length < ((RECORDED_MS / SEGMENT_MS) * rungs) / 2)
    throw new Error(`only ${delays.length} segments were listed`);
  return delays;
}
