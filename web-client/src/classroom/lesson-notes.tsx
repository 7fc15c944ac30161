import { deferred } from '../ui/deferred.tsx';

/** Who has not come and what the next bell asks, loaded beside the lesson. */
export const LessonNotes = deferred(
  async () => (await import('../room/LessonNotes.tsx')).LessonNotes,
  () => null,
);
