import { useEffect, useState, useSyncExternalStore } from 'react';
import { LessonSession, type LessonSnapshot } from '../lesson/session.ts';

const nothing = () => () => {};

/** Joins the lesson while the component is there, and leaves it with it. */
export function useLessonSession(
  lessonId: string,
  watches: boolean,
): { session: LessonSession; snapshot: LessonSnapshot } | null {
  const [session, setSession] = useState<LessonSession | null>(null);
  useEffect(() => {
    const opened = LessonSession.open(lessonId, { watches });
    setSession(opened);
    return () => {
      setSession(null);
      void opened.close();
    };
  }, [lessonId, watches]);
  const snapshot = useSyncExternalStore(session?.subscribe ?? nothing, () => session?.getSnapshot() ?? null);
  return session && snapshot ? { session, snapshot } : null;
}
