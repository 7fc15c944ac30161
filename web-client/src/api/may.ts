import type { Lesson } from '#protocol/domain.ts';
import type { Action } from '#protocol/permission.ts';

/** A lesson's answer from the permission table, as the platform worked it out. */
export const mayIn = (lesson: Lesson, action: Action): boolean => lesson.may.includes(action);
