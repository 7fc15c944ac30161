import type { Device } from 'mediasoup-client';
import type { IceServer } from '#protocol/media.ts';
import type { LessonSocket } from './socket.ts';

/** What both directions share; written by LessonMedia alone. */
export interface MediaContext {
  readonly socket: LessonSocket;
  /** Loaded with the router's capabilities; null while no media node carries the lesson. */
  device: Promise<Device> | null;
  iceServers: IceServer[];
  /** Whether the page sits in its seat, so that requests make sense. */
  seated: boolean;
  /** Counts the times the seat was taken: what was asked before is not waited for after. */
  generation: number;
}

/** Whether media can be asked for now. */
export const canAsk = (context: MediaContext): boolean => context.seated && context.device !== null;
