import { AppError } from '#protocol/errors.ts';
import type { ClassRequest, ClassRequestType } from '#protocol/lesson-socket.ts';
import type { LiveState } from '#protocol/live-state.ts';
import type { EventBody, Participant } from '#protocol/timeline.ts';
import { askingDeciders } from './asking.ts';
import { boardDeciders } from './board.ts';
import { chatDeciders } from './chat.ts';
import type { Decider, Outside } from './decider.ts';
import { directingDeciders } from './directing.ts';
import { qualityDeciders } from './quality.ts';
import { steeringDeciders } from './steering.ts';

const DECIDERS: { [T in ClassRequestType]: Decider<T> } = {
  ...steeringDeciders,
  ...boardDeciders,
  ...qualityDeciders,
  ...askingDeciders,
  ...chatDeciders,
  ...directingDeciders,
};

/** What a class request becomes on the timeline. Whether its sender may ask at all was decided before. */
export function decide(
  state: LiveState,
  actor: Participant,
  request: ClassRequest,
  outside: Outside,
): readonly EventBody[] {
  if (!state.participants.has(actor.participantId)) throw new AppError('NOT_JOINED', 'not in this lesson');
  if (state.state !== 'open' && state.state !== 'live')
    throw new AppError('WRONG_STATE', `the lesson is ${state.state}`);
  const decider = DECIDERS[request.type] as Decider<ClassRequestType>;
  return decider(state, actor, request, outside);
}
