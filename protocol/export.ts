import { z } from 'zod';
import { ErrorCode } from './errors.ts';
import { Id, WallMs } from './ids.ts';

/* Long work that somebody asked for and comes back to look at (jobs), and the one kind of it that people see: exports. */

export const JobState = z.enum(['queued', 'running', 'done', 'failed', 'cancelled']);
export type JobState = z.infer<typeof JobState>;
export const isOver = (state: JobState): boolean => state !== 'queued' && state !== 'running';

export const JobKind = z.enum(['export']);
export type JobKind = z.infer<typeof JobKind>;

/** What an MP4 is made of: the programme as its cut shows it, or one feed with its microphone. */
export const ExportRequest = z.object({
  what: z.union([z.literal('programme'), z.object({ trackId: Id })]),
});
export type ExportRequest = z.infer<typeof ExportRequest>;

/** An MP4 that was asked for. The same request for an unchanged programme is the same export. */
export const Export = z.object({
  exportId: Id,
  resourceId: Id.nullable(),
  lessonId: Id.nullable(),
  what: ExportRequest.shape.what,
  /** Name of the feed's owner; null for the programme. */
  participantName: z.string().nullable(),
  state: JobState,
  /** Share of the work that is done, 0 to 1. */
  progress: z.number().min(0).max(1),
  /** It stands still because a lesson needs the machine. */
  waiting: z.boolean(),
  error: ErrorCode.nullable(),
  bytes: z.number().int().nullable(),
  /** Where the file is downloaded, once it is done; a path on this server, good for some minutes. */
  download: z.string().nullable(),
  /** What it is called where it is saved. */
  fileName: z.string(),
  requestedByName: z.string(),
  createdAt: WallMs,
  finishedAt: WallMs.nullable(),
});
export type Export = z.infer<typeof Export>;
export const ExportList = z.array(Export);
