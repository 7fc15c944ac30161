import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import { editedMaster, editedRung } from '../../signaling/src/media/edited-playlists.ts';
import { RecordingFiles } from '../../signaling/src/media/recording-files.ts';
import type { TestApp } from '../../signaling/testing/app.ts';
import { type MadeFeed, makeRecording } from '../../signaling/testing/made-recording.ts';

/**
 * A lesson of the demo's plan with a recording that really plays, made in two seconds instead of being held. Gives
 * the ids, and the feeds' tracks in the order of `feeds`.
 */
export async function playableLesson(
  app: TestApp,
  { durationMs, feeds }: { durationMs: number; feeds: MadeFeed[] },
) {
  const lesson = await app.recordedLesson({ durationMs });
  const { recordingId, lessonId } = lesson;
  const { blobs, recordings } = app.parts;
  const made = await makeRecording(blobs, {
    ...{ recordingId, lessonId, feeds, seconds: 10, fps: 10 },
    repeatToMs: durationMs,
  });
  await writePlaylists(blobs, recordingId, durationMs);
  const tracks = made.tracks.map((track) => ({
    ...track,
    playlist: `${track.trackId}/master.m3u8`,
    spans: [{ fromMs: 0, toMs: durationMs }],
  }));
  await recordings.finalize(recordingId, durationMs, tracks);
  return { ...lesson, tracks };
}

/** The playlists that a recorder writes beside its segments. */
async function writePlaylists(blobs: BlobStore, recordingId: string, durationMs: number): Promise<void> {
  const contents = await new RecordingFiles(blobs).contents(recordingId);
  for (const [trackId, feed] of contents.feeds) {
    const folder = `recordings/${recordingId}/${trackId}`;
    await blobs.put(`${folder}/master.m3u8`, editedMaster(feed, contents, new Set()));
    for (const rung of feed.rungs) {
      const all = [{ fromMs: 0, toMs: durationMs }];
      await blobs.put(`${folder}/${rung.rungId}.m3u8`, editedRung(rung, all, ''));
    }
  }
}
