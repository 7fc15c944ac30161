import { randomInt } from 'node:crypto';
import { newId } from '#platform/ids.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { LiveState, Presence } from '#protocol/live-state.ts';
import type { Stage, SteeringRequest, SteeringState } from '#protocol/steering.ts';
import type { EventBody } from '#protocol/timeline.ts';
import { type Deciders, mustBeOpen, roomOf, steers } from './decider.ts';

/** A room has forty children; more hands than these are no queue any more. */
const MAX_HANDS = 60;

export const steeringDeciders: Deciders<SteeringRequest> = {
  'stage.set'({ steering, participants }, { participantId }, { stage, seen }) {
    if (sameStage(steering.stage, stage)) return [];
    if (seen !== steering.stageSeq) throw overtaken('the stage');
    if (stage.kind === 'room') mustBeRoom(participants.get(stage.participantId));
    return [...endOfCall(steering), { type: 'stage.changed', stage, byParticipantId: participantId }];
  },

  'switches.set'({ steering }, { participantId }, { switches, seen }) {
    const changed = Object.entries(switches).filter(
      ([name, on]) => steering.switches[name as keyof typeof switches] !== on,
    );
    if (changed.length === 0) return [];
    if (seen !== steering.switchesSeq) throw overtaken('the switches');
    return [{ type: 'switches.changed', switches, byParticipantId: participantId }];
  },

  'class.pause'({ steering }, { participantId }, { paused }) {
    return steering.paused === paused
      ? []
      : [{ type: 'class.paused', paused, byParticipantId: participantId }];
  },

  'hand.raise'(state, actor, { child }) {
    mustBeOpen(state, actor, null);
    const participantId = roomOf(actor);
    const { hands } = state.steering;
    if (hands.some((hand) => hand.participantId === participantId && hand.child === child)) return [];
    if (hands.length >= MAX_HANDS) throw new AppError('TOO_MANY_REQUESTS', 'too many hands are up');
    return [{ type: 'hand.raised', handId: newId(), participantId, child }];
  },

  'hand.lower'({ steering }, actor, { handId }) {
    const hand = steering.hands.find((known) => known.handId === handId);
    if (!hand) return [];
    if (!steers(actor) && hand.participantId !== roomOf(actor))
      throw new AppError('FORBIDDEN', "another room's hand");
    return [{ type: 'hand.lowered', handId }];
  },

  'call.make'(state, actor, { participantId, child }) {
    return call(state, actor.participantId, { participantId, child }, false);
  },

  'call.random'(state, actor, { among }) {
    const here = among.filter(({ participantId }) => state.participants.has(participantId));
    if (here.length === 0) throw new AppError('NOT_FOUND', 'none of them is in the room');
    const { called } = state.steering;
    const times = (candidate: (typeof here)[number]) =>
      called.filter(
        (past) => past.participantId === candidate.participantId && past.child === candidate.child,
      ).length;
    const least = Math.min(...here.map(times));
    const fair = here.filter((candidate) => times(candidate) === least);
    return call(state, actor.participantId, fair[randomInt(fair.length)]!, true);
  },

  'call.end'({ steering, participants }, { participantId }) {
    if (!steering.call) return [];
    const { stageBefore } = steering.call;
    const gone = stageBefore.kind === 'room' && !participants.has(stageBefore.participantId);
    const stage: Stage = gone ? { kind: 'listen' } : stageBefore;
    return [
      ...endOfCall(steering),
      ...(sameStage(stage, steering.stage)
        ? []
        : [{ type: 'stage.changed', stage, byParticipantId: participantId } as const]),
    ];
  },

  'remark.make'(state, actor, { remark }) {
    mustBeOpen(state, actor, null);
    return [{ type: 'remark.made', participantId: roomOf(actor), remark }];
  },

  'roll.take'({ participants }, actor, { type: _type, ...roll }) {
    if (!participants.has(roll.participantId)) throw new AppError('NOT_FOUND', 'no such room');
    if (!steers(actor) && roll.participantId !== roomOf(actor))
      throw new AppError('FORBIDDEN', "another room's roll");
    return [{ type: 'roll.taken', ...roll }];
  },

  'timer.start': (_state, _actor, { durationMs }) => [{ type: 'timer.started', durationMs }],

  'timer.stop': ({ steering }) => (steering.timer ? [{ type: 'timer.stopped' }] : []),

  'participant.remove'({ participants }, { participantId: byParticipantId }, { participantId, forbid }) {
    const known = participants.get(participantId);
    if (!known) throw new AppError('NOT_FOUND', 'no such participant');
    if (steers(known)) throw new AppError('FORBIDDEN', 'who steers the class cannot be removed from it');
    const { accountId, name } = known;
    return [
      { type: 'participant.removed', participantId, accountId, name, forbidden: forbid, byParticipantId },
    ];
  },

  'participant.readmit': ({ steering }, _actor, { accountId }) =>
    steering.forbidden.has(accountId) ? [{ type: 'participant.readmitted', accountId }] : [],

  'feed.show'({ steering, feeds }, _actor, { feedId }) {
    if (feedId !== null && feeds.get(feedId)?.kind !== 'video')
      throw new AppError('NOT_FOUND', 'no such picture');
    return steering.shownFeedId === feedId ? [] : [{ type: 'feed.shown', feedId }];
  },

  'feed.name'({ feeds }, _actor, { feedId, name }) {
    if (!feeds.has(feedId)) throw new AppError('NOT_FOUND', 'no such feed');
    return [{ type: 'feed.named', feedId, name }];
  },
};

/** Calls a room, or a child in it. A child of the teacher's own class needs no stage: it is there already. */
function call(
  { steering, participants }: LiveState,
  byParticipantId: Id,
  { participantId, child }: { participantId: Id; child: string | null },
  random: boolean,
): EventBody[] {
  const known = participants.get(participantId);
  if (!known) throw new AppError('NOT_FOUND', 'no such room');
  const own = known.role === 'presenter';
  if (!own) mustBeRoom(known);
  const stage: Stage = own ? steering.stage : { kind: 'room', participantId };
  return [
    { type: 'call.made', callId: newId(), participantId, child, random },
    ...(sameStage(stage, steering.stage) ? [] : [{ type: 'stage.changed', stage, byParticipantId } as const]),
  ];
}

function endOfCall({ call: current }: SteeringState): EventBody[] {
  return current ? [{ type: 'call.ended', callId: current.callId }] : [];
}

function mustBeRoom(participant: Presence | undefined): void {
  if (participant?.role !== 'remote') throw new AppError('NOT_FOUND', 'no such room in this lesson');
}

function sameStage(a: Stage, b: Stage): boolean {
  if (a.kind === 'room' && b.kind === 'room') return a.participantId === b.participantId;
  return a.kind === b.kind;
}

const overtaken = (what: string) =>
  new AppError('OVERTAKEN', `somebody else on the teacher's side changed ${what} meanwhile`);
