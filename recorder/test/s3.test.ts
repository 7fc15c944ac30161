import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { S3BlobStore } from '#platform/blob-store/s3-blob-store.ts';
import { contentsOf, readIndex } from '#platform/recording-index.ts';
import { startS3 } from '#platform/testing/s3-server.ts';
import { segmentName } from '#protocol/recording-index.ts';
import { MICROPHONE, startRecorder, TestLesson } from '../testing/lesson.ts';
import { opusClip, RtpPlayer } from '../testing/rtp-clip.ts';

test('a lesson is recorded into a bucket: segments as they are cut, the index after the bell', async () => {
  const { place, close: closeS3 } = await startS3();
  const store = new S3BlobStore(place);
  const sound = await opusClip(3);
  const { recorder, close } = await startRecorder(undefined, store);
  const lesson = await TestLesson.start(recorder);
  await lesson.setMicrophone();
  const player = await RtpPlayer.create();
  await player.play(sound, { ssrc: MICROPHONE, port: lesson.port, seconds: 3 });
  const index = `recordings/${lesson.recordingId}/index.ndjson`;
  await expect(store.info(index)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await lesson.finalize();
  player.close();
  const { feeds, durationMs } = contentsOf(readIndex(await store.get(index)).records);
  expect(durationMs).toBeGreaterThan(2_000);
  const [rung] = feeds.get(lesson.microphone)!.rungs;
  expect(rung!.segments.length).toBeGreaterThan(0);
  for (const segment of rung!.segments) {
    const key = `recordings/${lesson.recordingId}/${lesson.microphone}/${rung!.rungId}/${segmentName(segment)}`;
    expect((await store.info(key)).sha256).toBe(segment.sha256);
    expect(
      createHash('sha256')
        .update(await store.get(key))
        .digest('hex'),
    ).toBe(segment.sha256);
  }
  await close();
  await closeS3();
});
