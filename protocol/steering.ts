import { z } from 'zod';
import { Id } from './ids.ts';
import type { Action } from './permission.ts';
import { sharedText } from './text.ts';
import type { TimelineEvent } from './timeline.ts';

/* Steering the class (课堂调度): who is heard, who is called, what the rooms may do, who is here. */

/** Who is heard by everyone now: nobody but the teacher (听课), everybody (讨论), or one room on stage (上台). */
export const Stage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('listen') }),
  z.object({ kind: z.literal('discuss') }),
  z.object({ kind: z.literal('room'), participantId: Id }),
]);
export type Stage = z.infer<typeof Stage>;

/** What the rooms may do, each separately (JY/T requirement for live teaching platforms). */
export const SwitchName = z.enum(['video', 'audio', 'annotation', 'screen', 'file', 'text']);
export type SwitchName = z.infer<typeof SwitchName>;
export type Switches = Readonly<Record<SwitchName, boolean>>;
const SwitchChange = z
  .partialRecord(SwitchName, z.boolean())
  .refine((change) => Object.keys(change).length > 0, 'nothing to switch');

/** What an assistant tells the teacher with one touch. */
export const Remark = z.enum(['tooFast', 'cannotHear', 'pleaseRepeat']);
export type Remark = z.infer<typeof Remark>;

/** A child's name or seat, as the room says it. */
export const ChildName = sharedText({ max: 32 });
/** What a feed is called where there are several of a kind. */
const FeedName = z.string().trim().min(1).max(24);
const MAX_CHILDREN = 200;
const MAX_CANDIDATES = 500;

const RollCall = z.object({
  participantId: Id,
  present: z.number().int().min(0).max(MAX_CHILDREN),
  /** How many belong to the class; null when nobody knows. */
  expected: z.number().int().min(0).max(MAX_CHILDREN).nullable(),
  absent: z.array(ChildName).max(MAX_CHILDREN),
});
export type RollCall = z.infer<typeof RollCall>;

export const SteeringEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('stage.changed'), stage: Stage, byParticipantId: Id.nullable() }),
  z.object({ type: z.literal('switches.changed'), switches: SwitchChange, byParticipantId: Id }),
  /** The whole class stands still, and only the teacher's side can end that. */
  z.object({ type: z.literal('class.paused'), paused: z.boolean(), byParticipantId: Id }),
  z.object({ type: z.literal('hand.raised'), handId: Id, participantId: Id, child: ChildName.nullable() }),
  z.object({ type: z.literal('hand.lowered'), handId: Id }),
  z.object({
    type: z.literal('call.made'),
    callId: Id,
    participantId: Id,
    child: ChildName.nullable(),
    random: z.boolean(),
  }),
  z.object({ type: z.literal('call.ended'), callId: Id }),
  z.object({ type: z.literal('remark.made'), participantId: Id, remark: Remark }),
  z.object({ type: z.literal('roll.taken'), ...RollCall.shape }),
  z.object({ type: z.literal('timer.started'), durationMs: z.number().int().positive() }),
  z.object({ type: z.literal('timer.stopped') }),
  z.object({
    type: z.literal('participant.removed'),
    participantId: Id,
    accountId: Id,
    name: z.string(),
    /** May not come back until readmitted. */
    forbidden: z.boolean(),
    byParticipantId: Id,
  }),
  z.object({ type: z.literal('participant.readmitted'), accountId: Id }),
  /** Which video feed is large on every screen; null: the second feed when there is one, else the teacher's face. */
  z.object({ type: z.literal('feed.shown'), feedId: Id.nullable() }),
  z.object({ type: z.literal('feed.named'), feedId: Id, name: FeedName.nullable() }),
]);
export type SteeringEvent = z.infer<typeof SteeringEvent>;

/** `seen`: the `…Seq` that the page acted on; when somebody else was faster the answer is OVERTAKEN. */
const seen = z.number().int().nonnegative();
const Candidate = z.object({ participantId: Id, child: ChildName.nullable() });

export const SteeringRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('stage.set'), stage: Stage, seen }),
  z.object({ type: z.literal('switches.set'), switches: SwitchChange, seen }),
  z.object({ type: z.literal('class.pause'), paused: z.boolean() }),
  z.object({ type: z.literal('hand.raise'), child: ChildName.nullable() }),
  /** One's own, or, for who steers, anybody's. */
  z.object({ type: z.literal('hand.lower'), handId: Id }),
  z.object({ type: z.literal('call.make'), ...Candidate.shape }),
  /** The server chooses among those called least so far. */
  z.object({ type: z.literal('call.random'), among: z.array(Candidate).min(1).max(MAX_CANDIDATES) }),
  z.object({ type: z.literal('call.end') }),
  z.object({ type: z.literal('remark.make'), remark: Remark }),
  z.object({ type: z.literal('roll.take'), ...RollCall.shape }),
  z.object({ type: z.literal('timer.start'), durationMs: z.number().int().min(1_000).max(3_600_000) }),
  z.object({ type: z.literal('timer.stop') }),
  z.object({ type: z.literal('participant.remove'), participantId: Id, forbid: z.boolean() }),
  z.object({ type: z.literal('participant.readmit'), accountId: Id }),
  z.object({ type: z.literal('feed.show'), feedId: Id.nullable() }),
  /** Null: its role's word again. */
  z.object({ type: z.literal('feed.name'), feedId: Id, name: FeedName.nullable() }),
]);
export type SteeringRequest = z.infer<typeof SteeringRequest>;

export const STEERING_NEEDS: Record<SteeringRequest['type'], Action> = {
  'stage.set': 'class.steer',
  'switches.set': 'class.steer',
  'class.pause': 'class.steer',
  'hand.raise': 'class.raiseHand',
  'hand.lower': 'class.lowerHand',
  'call.make': 'class.steer',
  'call.random': 'class.steer',
  'call.end': 'class.steer',
  'remark.make': 'class.raiseHand',
  'roll.take': 'class.rollCall',
  'timer.start': 'class.steer',
  'timer.stop': 'class.steer',
  'participant.remove': 'class.steer',
  'participant.readmit': 'class.steer',
  'feed.show': 'class.steer',
  'feed.name': 'class.steer',
};

export interface Hand {
  readonly handId: Id;
  readonly participantId: Id;
  readonly child: string | null;
  readonly at: number;
}

export interface Call {
  readonly callId: Id;
  readonly participantId: Id;
  readonly child: string | null;
  readonly random: boolean;
  readonly at: number;
  /** Where the class goes back to when the call ends. */
  readonly stageBefore: Stage;
}

export interface SteeringState {
  readonly stage: Stage;
  readonly stageSeq: number;
  readonly switches: Switches;
  readonly switchesSeq: number;
  readonly paused: boolean;
  /** In the order in which they went up. */
  readonly hands: readonly Hand[];
  readonly call: Call | null;
  /** Everybody who was called, in order; counters per school and the fairness of chance come from here. */
  readonly called: readonly { readonly participantId: Id; readonly child: string | null }[];
  /** The last remark of each room's assistant. */
  readonly remarks: ReadonlyMap<Id, { readonly remark: Remark; readonly at: number }>;
  readonly rolls: ReadonlyMap<Id, RollCall & { readonly at: number }>;
  readonly timer: { readonly durationMs: number; readonly startedAt: number } | null;
  /** Accounts that may not come back. */
  readonly forbidden: ReadonlyMap<Id, string>;
  readonly shownFeedId: Id | null;
  readonly feedNames: ReadonlyMap<Id, string>;
}

export const NO_STEERING: SteeringState = {
  stage: { kind: 'discuss' },
  stageSeq: 0,
  switches: { video: true, audio: true, annotation: false, screen: false, file: true, text: true },
  switchesSeq: 0,
  paused: false,
  hands: [],
  call: null,
  called: [],
  remarks: new Map(),
  rolls: new Map(),
  timer: null,
  forbidden: new Map(),
  shownFeedId: null,
  feedNames: new Map(),
};

/** What one event makes of the class; events of other topics change nothing here. */
export function applySteering(state: SteeringState, { seq, at, body }: TimelineEvent): SteeringState {
  switch (body.type) {
    case 'stage.changed':
      return { ...state, stage: body.stage, stageSeq: seq };
    case 'switches.changed':
      return { ...state, switches: { ...state.switches, ...body.switches }, switchesSeq: seq };
    case 'class.paused':
      return { ...state, paused: body.paused };
    case 'hand.raised': {
      const { handId, participantId, child } = body;
      return { ...state, hands: [...state.hands, { handId, participantId, child, at }] };
    }
    case 'hand.lowered':
      return { ...state, hands: state.hands.filter(({ handId }) => handId !== body.handId) };
    case 'call.made': {
      const { callId, participantId, child, random } = body;
      const stageBefore = state.call?.stageBefore ?? state.stage;
      return {
        ...state,
        call: { callId, participantId, child, random, at, stageBefore },
        called: [...state.called, { participantId, child }],
        hands: state.hands.filter((hand) => hand.participantId !== participantId || hand.child !== child),
      };
    }
    case 'call.ended':
      return state.call?.callId === body.callId ? { ...state, call: null } : state;
    case 'remark.made':
      return { ...state, remarks: put(state.remarks, body.participantId, { remark: body.remark, at }) };
    case 'roll.taken': {
      const { type: _type, ...roll } = body;
      return { ...state, rolls: put(state.rolls, body.participantId, { ...roll, at }) };
    }
    case 'timer.started':
      return { ...state, timer: { durationMs: body.durationMs, startedAt: at } };
    case 'timer.stopped':
      return { ...state, timer: null };
    case 'participant.removed':
      return body.forbidden
        ? { ...state, forbidden: put(state.forbidden, body.accountId, body.name) }
        : state;
    case 'participant.readmitted':
      return { ...state, forbidden: dropped(state.forbidden, body.accountId) };
    case 'feed.shown':
      return { ...state, shownFeedId: body.feedId };
    case 'feed.named': {
      const { feedId, name } = body;
      return {
        ...state,
        feedNames: name === null ? dropped(state.feedNames, feedId) : put(state.feedNames, feedId, name),
      };
    }
    case 'participant.left':
      return without(state, body.participantId, seq);
    case 'lesson.ended':
      return { ...state, hands: [], call: null, timer: null, paused: false };
    default:
      return state;
  }
}

/** A room that is gone has no hand up and is not on stage. */
function without(state: SteeringState, participantId: Id, seq: number): SteeringState {
  const hands = state.hands.filter((hand) => hand.participantId !== participantId);
  const call = state.call?.participantId === participantId ? null : state.call;
  const onStage = state.stage.kind === 'room' && state.stage.participantId === participantId;
  const back: Stage =
    state.call?.participantId === participantId ? state.call.stageBefore : { kind: 'listen' };
  return { ...state, hands, call, ...(onStage && { stage: back, stageSeq: seq }) };
}

function put<V>(map: ReadonlyMap<Id, V>, key: Id, value: V): ReadonlyMap<Id, V> {
  return new Map(map).set(key, value);
}

function dropped<V>(map: ReadonlyMap<Id, V>, key: Id): ReadonlyMap<Id, V> {
  const next = new Map(map);
  next.delete(key);
  return next;
}
