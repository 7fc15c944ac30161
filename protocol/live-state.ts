import { type AskingState, applyAsking, NO_ASKING } from './asking.ts';
import { applyBoard, type BoardState, NO_BOARD } from './board.ts';
import { applyChat, type ChatState, NO_CHAT } from './chat.ts';
import { applyDirecting, type DirectingState, NO_DIRECTING } from './directing.ts';
import type { LessonState } from './domain.ts';
import type { Id } from './ids.ts';
import { applyQuality, NO_QUALITY, type QualityState } from './quality.ts';
import { applySteering, NO_STEERING, type SteeringState } from './steering.ts';
import type { Feed, Participant, TimelineEvent } from './timeline.ts';

export interface Presence extends Participant {
  /** `away`: the seat is kept, the socket is gone. */
  state: 'here' | 'away';
  since: number;
  /** The last time that this participant was not there, wall ms: what it may want to see afterwards. */
  missed: { readonly from: number; readonly to: number } | null;
}

/** What is true in a lesson now: a pure projection of its timeline, the same code on server and page. */
export interface LiveState {
  readonly lessonId: Id;
  readonly seq: number;
  readonly state: LessonState;
  readonly openedAt: number | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly participants: ReadonlyMap<Id, Presence>;
  /** When somebody who is not there any more was there last, wall ms. */
  readonly lastHere: ReadonlyMap<Id, number>;
  readonly feeds: ReadonlyMap<Id, Feed>;
  readonly recording: { recordingId: Id; epochMs: number; trouble: string | null } | null;
  readonly durationMs: number | null;
  readonly steering: SteeringState;
  readonly board: BoardState;
  readonly quality: QualityState;
  readonly asking: AskingState;
  readonly chat: ChatState;
  readonly directing: DirectingState;
}

export function initialState(lessonId: Id): LiveState {
  return {
    lessonId,
    seq: 0,
    state: 'scheduled',
    openedAt: null,
    startedAt: null,
    endedAt: null,
    participants: new Map(),
    lastHere: new Map(),
    feeds: new Map(),
    recording: null,
    durationMs: null,
    steering: NO_STEERING,
    board: NO_BOARD,
    quality: NO_QUALITY,
    asking: NO_ASKING,
    chat: NO_CHAT,
    directing: NO_DIRECTING,
  };
}

/** Applies one event. An event already applied (seq not above the state's) changes nothing. */
export function applyEvent(state: LiveState, event: TimelineEvent): LiveState {
  if (event.seq <= state.seq) return state;
  return {
    ...state,
    ...change(state, event),
    // Each topic has its own part of the state, and sees every event.
    steering: applySteering(state.steering, event),
    board: applyBoard(state.board, event),
    quality: applyQuality(state.quality, event),
    asking: applyAsking(state.asking, event),
    chat: applyChat(state.chat, event),
    directing: applyDirecting(state.directing, event),
    seq: event.seq,
  };
}

export function projectLive(lessonId: Id, events: Iterable<TimelineEvent>): LiveState {
  let state = initialState(lessonId);
  for (const event of events) state = applyEvent(state, event);
  return state;
}

function change(state: LiveState, { at, body }: TimelineEvent): Partial<LiveState> {
  switch (body.type) {
    case 'lesson.opened':
      return { state: 'open', openedAt: at };
    case 'lesson.started':
      return { state: 'live', startedAt: at };
    case 'lesson.ended':
      return { state: 'ended', endedAt: at, feeds: new Map(), participants: new Map() };
    case 'lesson.ready':
      return { state: 'ready', durationMs: body.durationMs };
    case 'participant.joined':
      return {
        participants: withEntry(state.participants, body.participant.participantId, {
          ...body.participant,
          state: 'here',
          since: at,
          missed: missedSince(state.lastHere.get(body.participant.participantId), at),
        }),
      };
    case 'participant.away':
      return { participants: presence(state, body.participantId, 'away', at) };
    case 'participant.back':
      return { participants: presence(state, body.participantId, 'here', at) };
    case 'participant.left': {
      const known = state.participants.get(body.participantId);
      const lastHere = known?.state === 'away' ? known.since : at;
      return {
        participants: without(state.participants, body.participantId),
        lastHere: withEntry(state.lastHere, body.participantId, lastHere),
      };
    }
    case 'feed.added':
      return { feeds: withEntry(state.feeds, body.feed.feedId, body.feed) };
    case 'feed.paused': {
      const feed = state.feeds.get(body.feedId);
      return feed ? { feeds: withEntry(state.feeds, body.feedId, { ...feed, paused: body.paused }) } : {};
    }
    case 'feed.removed':
      return { feeds: without(state.feeds, body.feedId) };
    case 'recording.started':
      return { recording: { recordingId: body.recordingId, epochMs: body.epochMs, trouble: null } };
    case 'recording.troubled':
      return { recording: state.recording && { ...state.recording, trouble: body.code } };
    case 'recording.recovered':
      return { recording: state.recording && { ...state.recording, trouble: null } };
    default:
      return {};
  }
}

function presence(state: LiveState, id: Id, to: Presence['state'], at: number) {
  const known = state.participants.get(id);
  if (!known) return state.participants;
  const missed = known.state === 'away' && to === 'here' ? missedSince(known.since, at) : known.missed;
  return withEntry(state.participants, id, { ...known, state: to, since: at, missed });
}

function missedSince(from: number | undefined, to: number): Presence['missed'] {
  return from === undefined ? null : { from, to };
}

function withEntry<V>(map: ReadonlyMap<Id, V>, key: Id, value: V): ReadonlyMap<Id, V> {
  return new Map(map).set(key, value);
}

function without<V>(map: ReadonlyMap<Id, V>, key: Id): ReadonlyMap<Id, V> {
  const next = new Map(map);
  next.delete(key);
  return next;
}
