import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogger } from '#platform/logger.ts';
import { openDatabase } from '../src/database/database.ts';
import { Jobs } from '../src/jobs/jobs.ts';

/*
 * A process with a queue whose job stands still, to be killed: `standing-jobs.ts PLACE WHO`, both JSON. Tells the
 * job's id once it runs.
 */

const { folder, url } = JSON.parse(process.argv[2]!) as { folder: string; url: string | null };
const who = JSON.parse(process.argv[3]!) as { organizationId: string; requestedBy: string };
const { db, queue } = await openDatabase(url ? { url, connections: 2 } : join(folder, 'database'));
const jobs = await Jobs.create({
  ...{ db, queue, dataDir: folder, ffmpeg: 'ffmpeg', lookMs: 30 },
  blobs: { kind: 'folder', folder: join(folder, 'blobs') },
  kinds: { export: { prepare: () => new Promise(() => {}) } },
  live: async () => false,
  logger: createLogger('standing', 'silent'),
});
const { jobId } = await jobs.request({
  ...{ kind: 'export', key: 'standing', resourceId: null, lessonId: null, request: {}, ...who },
});
while ((await jobs.repository.find(jobId))?.state !== 'running') await sleep(20);
process.send!(jobId);
