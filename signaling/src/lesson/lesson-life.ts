import { LESSON_TRANSITIONS, type LessonMode } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { LiveState } from '#protocol/live-state.ts';
import { POLICIES } from '#protocol/policy.ts';
import type { SteeringState } from '#protocol/steering.ts';
import type { EventBody } from '#protocol/timeline.ts';

export type LessonMove = 'open' | 'live' | 'ended';
export type EndReason = Extract<EventBody, { type: 'lesson.ended' }>['reason'];

/**
 * The event that moves a lesson on: none when it is there already (two people touched the same button).
 * @throws AppError WRONG_STATE for a move that LESSON_TRANSITIONS does not have.
 */
export function moveLesson(
  { state, steering }: LiveState,
  to: LessonMove,
  byAccountId: Id | null,
  reason: EndReason,
  mode: LessonMode,
): EventBody[] {
  if (state === to || (to === 'open' && state === 'live') || (to === 'ended' && state === 'ready')) return [];
  if (!LESSON_TRANSITIONS[state].includes(to))
    throw new AppError('WRONG_STATE', `a lesson that is ${state} cannot become ${to}`);
  switch (to) {
    case 'open':
      return [{ type: 'lesson.opened', byAccountId }, ...opening(steering, mode)];
    case 'live':
      return [
        { type: 'lesson.started', byAccountId },
        ...(state === 'scheduled' ? opening(steering, mode) : []),
      ];
    case 'ended':
      return [{ type: 'lesson.ended', reason, byAccountId }];
  }
}

/** What an event tells of a move that nobody asked for: opened at the bell, ended because it was abandoned. */
export function moveByItself(body: EventBody): { to: LessonMove; reason?: EndReason } | null {
  if (body.type === 'lesson.opened' && body.byAccountId === null) return { to: 'open' };
  if (body.type === 'lesson.ended' && body.byAccountId === null) return { to: 'ended', reason: body.reason };
  return null;
}

/** How a lesson of this kind begins; who steers it may change that at once. */
function opening({ stage }: SteeringState, mode: LessonMode): EventBody[] {
  const { openingStage } = POLICIES[mode];
  return stage.kind === openingStage.kind
    ? []
    : [{ type: 'stage.changed', stage: openingStage, byParticipantId: null }];
}
