import type { Router } from 'express';
import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import type { BlobPlace } from '#platform/blob-store/open-blob-store.ts';
import type { Config } from '#platform/config.ts';
import { findFfmpeg } from '#platform/ffmpeg.ts';
import type { Logger } from '#platform/logger.ts';
import type { SignedAddresses } from '#platform/signed-address.ts';
import type { AccountRepository } from '../account/account-repository.ts';
import type { Audit } from '../audit/audit.ts';
import type { Db, QueuePlace } from '../database/database.ts';
import { exportRoutes } from '../http/export-routes.ts';
import { Jobs, type JobsOptions } from '../jobs/jobs.ts';
import type { LessonRepository } from '../lesson/lesson-repository.ts';
import type { ResourceAccess } from '../resource/access.ts';
import type { RecordingRepository } from '../room/recording-repository.ts';
import type { TimelineStore } from '../timeline/timeline-store.ts';
import { Exports } from './exports.ts';

export interface ExportingParts {
  config: Pick<Config, 'dataDir' | 'exports'>;
  db: Db;
  queue: QueuePlace;
  blobs: BlobStore;
  blobPlace: BlobPlace;
  accounts: AccountRepository;
  lessons: LessonRepository;
  recordings: RecordingRepository;
  timelines: TimelineStore;
  access: ResourceAccess;
  addresses: SignedAddresses;
  audit: Audit;
  logger: Logger;
  /** What a test has otherwise than a server. */
  jobs?: Partial<JobsOptions>;
}

export interface Exporting {
  routes: Router;
  jobs: Jobs;
  close(): Promise<void>;
}

/** Puts the queue of long work and the exports together. */
export async function openExporting(parts: ExportingParts): Promise<Exporting> {
  const { config, db, queue, blobPlace, lessons, access, addresses, logger } = parts;
  const exports = new Exports({
    ...parts,
    keepFreeBytes: config.exports.keepFreeMegabytes * 1e6,
    addressOf(blobKey) {
      const [kind, exportId, file] = blobKey.split('/') as [string, string, string];
      return `${addresses.folder([kind, exportId])}${file}`;
    },
  });
  const jobs = await Jobs.create({
    ...{ db, queue, dataDir: config.dataDir, blobs: blobPlace, ffmpeg: findFfmpeg(), logger },
    kinds: { export: { prepare: (job) => exports.prepare(job) } },
    live: async () => (await lessons.inStates(['open', 'live'])).length > 0,
    ...parts.jobs,
  });
  exports.serve(jobs);
  return {
    routes: exportRoutes({ exports, access, lessons, db: parts.db, audit: parts.audit }),
    jobs,
    close: () => jobs.close(),
  };
}
