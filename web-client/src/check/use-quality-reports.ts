import { useEffect } from 'react';
import type { LessonSession } from '../lesson/session.ts';
import { QualityReporter } from './quality-reporter.ts';

/** Tells the teacher's side how this page is doing while the component is there. */
export function useQualityReports(session: LessonSession | null): void {
  useEffect(() => {
    if (!session) return;
    const reporter = new QualityReporter(session);
    return () => reporter.close();
  }, [session]);
}
