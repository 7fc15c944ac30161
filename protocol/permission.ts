import { z } from 'zod';
import type { FeedRole } from './domain.ts';

/** What somebody is in ONE lesson; derived from the rows that link an account to it, never sent by a client. */
export const LessonRole = z.enum([
  'presenter',
  'remote',
  'assistant',
  'observer',
  'viewer',
  'operator',
  'administrator',
  'stranger',
]);
export type LessonRole = z.infer<typeof LessonRole>;

export const Action = z.enum([
  'lesson.see',
  'lesson.open',
  'lesson.start',
  'lesson.end',
  'lesson.ingest',
  'lesson.demo',
  'lesson.check',
  'room.join',
  'media.publishCamera',
  'media.publishMic',
  'media.publishScreen',
  'media.publishStudio',
  'media.consume',
  'class.steer',
  'class.raiseHand',
  'class.lowerHand',
  'class.rollCall',
  'class.ask',
  'class.answer',
  'chat.write',
  'chat.moderate',
  'chat.note',
  'board.draw',
  'board.turn',
  'board.upload',
  'record.direct',
  'record.control',
  'record.highlight',
  'timeline.read',
  'replay.watch',
  'lesson.export',
  'caption.edit',
  'comment.write',
  'comment.moderate',
]);
export type Action = z.infer<typeof Action>;

/**
 * The one permission table: deny by default. REST routes, socket requests, media commands and the
 * pages all ask it through {@link may}.
 */
export const PERMISSIONS: Record<Action, readonly LessonRole[]> = {
  'lesson.see': ['presenter', 'remote', 'assistant', 'observer', 'viewer', 'operator', 'administrator'],
  'lesson.open': ['presenter', 'operator', 'administrator'],
  'lesson.start': ['presenter'],
  'lesson.end': ['presenter', 'administrator'],
  'lesson.ingest': ['presenter'],
  'lesson.demo': ['presenter', 'remote', 'assistant', 'operator', 'administrator'],
  'lesson.check': ['presenter', 'remote', 'assistant', 'observer', 'operator', 'administrator'],
  'room.join': ['presenter', 'remote', 'assistant', 'observer', 'operator', 'administrator'],
  'media.publishCamera': ['presenter', 'remote'],
  'media.publishMic': ['presenter', 'remote'],
  /** For a room only while the teacher has switched it on. */
  'media.publishScreen': ['presenter', 'remote'],
  'media.publishStudio': ['presenter'],
  'media.consume': ['presenter', 'remote', 'assistant', 'observer', 'operator', 'administrator'],
  'class.steer': ['presenter', 'administrator'],
  'class.raiseHand': ['remote', 'assistant'],
  'class.lowerHand': ['presenter', 'administrator', 'remote', 'assistant'],
  'class.rollCall': ['presenter', 'administrator', 'remote', 'assistant'],
  'class.ask': ['presenter', 'administrator'],
  'class.answer': ['remote', 'assistant'],
  'chat.write': ['presenter', 'remote', 'assistant', 'administrator'],
  'chat.moderate': ['presenter', 'administrator'],
  'chat.note': ['presenter', 'assistant', 'administrator'],
  /** For a room only while the teacher lets it. */
  'board.draw': ['presenter', 'administrator', 'remote', 'assistant'],
  'board.turn': ['presenter', 'administrator'],
  'board.upload': ['presenter', 'administrator', 'remote', 'assistant'],
  /** The cut of the recording and the broadcast (导播). */
  'record.direct': ['presenter', 'operator', 'administrator'],
  /** Whether the recording runs, and whether this lesson is recorded at all. */
  'record.control': ['presenter', 'operator', 'administrator'],
  'record.highlight': ['presenter', 'operator', 'administrator'],
  'timeline.read': ['presenter', 'remote', 'assistant', 'observer', 'viewer', 'operator', 'administrator'],
  'replay.watch': ['presenter', 'remote', 'assistant', 'observer', 'viewer', 'operator', 'administrator'],
  /** An MP4 of the whole lesson; of a resource made of it `resource.export` says. */
  'lesson.export': ['presenter', 'operator', 'administrator'],
  'caption.edit': ['presenter', 'operator', 'administrator'],
  'comment.write': ['presenter', 'remote', 'assistant', 'observer', 'viewer', 'operator', 'administrator'],
  'comment.moderate': ['presenter', 'operator', 'administrator'],
};

export function may(role: LessonRole, action: Action): boolean {
  return PERMISSIONS[action].includes(role);
}

export function actionsOf(role: LessonRole): Action[] {
  return Action.options.filter((action) => may(role, action));
}

/** Of a lesson that is called off nothing is left but to see that it is. */
const OF_CANCELLED: readonly Action[] = ['lesson.see'];

/** What somebody may do in ONE lesson, as it stands: `may`, less what a cancelled lesson has no more. */
export const mayIn = (lesson: { role: string; cancelled: object | null }, action: Action): boolean =>
  may(lesson.role as LessonRole, action) && (lesson.cancelled === null || OF_CANCELLED.includes(action));

export const actionsIn = (lesson: Parameters<typeof mayIn>[0]): Action[] =>
  Action.options.filter((action) => mayIn(lesson, action));

/** What one must be allowed to do to send a feed of this role. */
export function actionToPublish(role: FeedRole): Action {
  switch (role) {
    case 'mic':
      return 'media.publishMic';
    case 'screen':
      return 'media.publishScreen';
    case 'board':
    case 'studio':
      return 'media.publishStudio';
    case 'teacher':
    case 'pupils':
      return 'media.publishCamera';
  }
}

/** What somebody is to ONE resource of the library. */
export const ResourceRole = z.enum(['author', 'school', 'bureau', 'viewer', 'stranger']);
export type ResourceRole = z.infer<typeof ResourceRole>;

export const ResourceAction = z.enum([
  'resource.see',
  'resource.watch',
  'resource.edit',
  'resource.submit',
  'resource.reviewSchool',
  'resource.reviewBureau',
  'resource.publish',
  'resource.withdraw',
  'resource.delete',
  'resource.export',
  'resource.comment',
  'resource.moderate',
]);
export type ResourceAction = z.infer<typeof ResourceAction>;

/** The permission table's part for resources. In which state an action means anything is `resource.ts`'s. */
export const RESOURCE_PERMISSIONS: Record<ResourceAction, readonly ResourceRole[]> = {
  'resource.see': ['author', 'school', 'bureau', 'viewer'],
  'resource.watch': ['author', 'school', 'bureau', 'viewer'],
  'resource.edit': ['author', 'school'],
  'resource.submit': ['author'],
  'resource.reviewSchool': ['school'],
  'resource.reviewBureau': ['bureau'],
  'resource.publish': ['school', 'bureau'],
  'resource.withdraw': ['author', 'school', 'bureau'],
  'resource.delete': ['author', 'school'],
  'resource.export': ['author', 'school', 'bureau'],
  'resource.comment': ['author', 'school', 'bureau', 'viewer'],
  'resource.moderate': ['author', 'school', 'bureau'],
};

export const mayResource = (role: ResourceRole, action: ResourceAction): boolean =>
  RESOURCE_PERMISSIONS[action].includes(role);

export const resourceActionsOf = (role: ResourceRole): ResourceAction[] =>
  ResourceAction.options.filter((action) => mayResource(role, action));
