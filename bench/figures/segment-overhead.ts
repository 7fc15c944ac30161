import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readFragment } from '#platform/mp4/read-fragment.ts';
import type { Measured, Say } from '../figure.ts';
import { MediaNode } from '../harness/media-node.ts';
import { NodeDoor } from '../harness/node-door.ts';
import { makeElementaryStreams } from '../load/elementary-streams.ts';
import { RecordedLesson } from '../load/recorded-lesson.ts';
import { RtpSource } from '../load/rtp-source.ts';

const LENGTH_MS = 30_000;

/**
 * What a recording takes on the disk beyond the coded pictures and packets in it: boxes, headers, playlists and the
 * index, in percent of the bare streams.
 */
export async function measure(say: Say): Promise<Measured> {
  say('encoding the streams');
  const source = new RtpSource(await makeElementaryStreams());
  const door = await NodeDoor.open();
  const recorder = await MediaNode.start('recorder', door);
  try {
    const lesson = await RecordedLesson.start(await door.recorder(), source.streams);
    source.start(lesson.sink);
    await sleep(LENGTH_MS);
    source.stop();
    await lesson.finalize();
    const folder = join(recorder.dataDir, 'blobs/recordings', lesson.recordingId);
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    let bytes = 0;
    let bare = 0;
    for (const file of files.filter((entry) => entry.isFile())) {
      const data = await readFile(join(file.parentPath, file.name));
      bytes += data.length;
      if (file.name.endsWith('.m4s'))
        bare += readFragment(data).samples.reduce((sum, sample) => sum + sample.data.length, 0);
    }
    if (bare < 1_000_000) throw new Error(`only ${bare} bytes were recorded`);
    return {
      value: (bytes / bare - 1) * 100,
      detail: { bytes, bareBytes: bare, seconds: LENGTH_MS / 1_000 },
    };
  } finally {
    await recorder.close();
    await door.close();
  }
}
