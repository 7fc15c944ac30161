import { useEffect } from 'react';
import type { LessonSession } from '../lesson/session.ts';
import { rememberedDevice, rememberedFeeds } from './device-memory.ts';

/**
 * Starts camera and microphone with the room's remembered devices as soon as the page is there: nobody
 * in a classroom should have to. What goes wrong is told by the snapshot's local feeds.
 */
export function useAutoSend(session: LessonSession, role: 'teacher' | 'pupils'): void {
  useEffect(() => {
    void startCamera(session, role);
    void startMic(session);
    if (role === 'teacher') for (const feed of rememberedFeeds()) void session.publishCamera(feed);
  }, [session, role]);
}

export const startCamera = (session: LessonSession, role: 'teacher' | 'pupils'): Promise<void> =>
  session.publishCamera({ role, deviceId: rememberedDevice('camera') });

export const startMic = (session: LessonSession): Promise<void> =>
  session.publishMic({ deviceId: rememberedDevice('mic') });
