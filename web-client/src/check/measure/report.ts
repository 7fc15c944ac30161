import type { CheckResult } from '#protocol/quality.ts';
import { CheckSocket } from './check-socket.ts';

/** Tells the lesson what was found. Without the platform nobody hears it: the findings say so themselves. */
export async function reportCheck(lessonId: string, items: CheckResult[]): Promise<boolean> {
  try {
    const socket = await CheckSocket.open();
    try {
      await socket.request('check.report', { lessonId, items });
      return true;
    } finally {
      socket.close();
    }
  } catch {
    return false;
  }
}
