import { z } from 'zod';
import type { BlobStore } from '#platform/blob-store/blob-store.ts';
import type { BlobPlace } from '#platform/blob-store/open-blob-store.ts';
import { ErrorCode } from '#protocol/errors.ts';
import type { JobKind } from '#protocol/export.ts';
import type { JobResult } from './job-repository.ts';

/* What signaling and the process that does the heavy part say to each other (Node's IPC channel). */

/** The first word: what to do, and where. */
export interface Assignment {
  kind: JobKind;
  /** What the kind's `prepare` made of the job, as JSON. */
  task: unknown;
  blobs: BlobPlace;
  /** An empty folder for what is being made, on the blobs' disk where these are a folder. */
  folder: string;
  ffmpeg: string;
  threads: number;
  /** Of the process and all that it starts (nice(2)). */
  nice: number;
}

export type ToWorker = { begin: Assignment } | { wait: boolean };

export const FromWorker = z.union([
  z.object({ progress: z.number().min(0).max(1) }),
  z.object({ result: z.object({ key: z.string(), bytes: z.number(), sha256: z.string() }) }),
  z.object({ error: ErrorCode, message: z.string() }),
]);
export type FromWorker = z.infer<typeof FromWorker>;

/** A program that the work has started and that stands still, or dies, with it. */
export interface Stoppable {
  kill(signal: NodeJS.Signals): void;
}

/** What a kind's heavy part is given, in the process of its own. */
export interface Tools extends Pick<Assignment, 'folder' | 'ffmpeg' | 'threads'> {
  blobs: BlobStore;
  /** Share of the work that is done. */
  progress(share: number): void;
  /** Tells of a program that was started; call the answer when it has ended. */
  started(program: Stoppable): () => void;
}

/** The heavy part of a kind; makes one blob. @throws AppError whose code becomes the job's. */
export type Perform = (task: unknown, tools: Tools) => Promise<JobResult>;
