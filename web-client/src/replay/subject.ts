import type { Lesson } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import type { Resource } from '#protocol/resource.ts';

/** What is watched, whether one came to it as a lesson or as a resource of the library. */
export interface ReplaySubject {
  /** Under which this browser remembers where it stopped. */
  readonly key: Id;
  readonly lessonId: Id | null;
  readonly resourceId: Id | null;
  readonly title: string;
  readonly subject: string;
  readonly grade: string;
  readonly teacherName: string;
  readonly organizationName: string;
  /** Whether the reader may have it as an MP4. */
  readonly mayExport: boolean;
  /** Null where the reader is not told of the lesson behind it. */
  readonly lesson: Lesson | null;
}

export const subjectOfLesson = (lesson: Lesson): ReplaySubject => ({
  key: lesson.lessonId,
  lessonId: lesson.lessonId,
  resourceId: null,
  title: lesson.title,
  subject: lesson.subject,
  grade: lesson.grade,
  teacherName: lesson.teacherName,
  organizationName: lesson.organizationName,
  mayExport: lesson.may.includes('lesson.export') && lesson.state === 'ready',
  lesson,
});

export const subjectOfResource = (resource: Resource): ReplaySubject => ({
  key: resource.resourceId,
  // Of the lesson behind it a viewer is told what was published of it, and no more.
  lessonId: resource.lessonId,
  resourceId: resource.resourceId,
  title: resource.title,
  subject: resource.catalogue.subject ?? '',
  grade: resource.catalogue.grade ?? '',
  teacherName: resource.authorName,
  organizationName: resource.organizationName,
  mayExport: resource.may.includes('resource.export') && resource.programme !== null,
  lesson: null,
});
