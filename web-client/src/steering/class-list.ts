import type { Id } from '#protocol/ids.ts';
import type { LiveState, Presence } from '#protocol/live-state.ts';
import type { Roster } from '#protocol/rest.ts';
import type { Call, Hand, SteeringState } from '#protocol/steering.ts';

/** A classroom that is in the lesson now, with the children that its list knows. */
export interface ClassRoom {
  readonly participantId: Id;
  readonly name: string;
  readonly organizationName: string;
  readonly own: boolean;
  readonly children: readonly string[];
  readonly calledTimes: number;
}

/** Who can be called: the rooms that are here, the teacher's own class last. */
export function classRooms({ participants, steering }: LiveState, roster: Roster): ClassRoom[] {
  const listOf = (participantId: Id) =>
    roster.find((entry) => entry.participantId === participantId)?.children.map(({ name }) => name) ?? [];
  const rooms = [...participants.values()].filter(({ role }) => role === 'remote');
  const own = ownClassroom([...participants.values()], roster);
  return [...rooms, ...own].map(({ participantId, name, organizationName, role }) => ({
    participantId,
    name,
    organizationName,
    own: role === 'presenter',
    children: listOf(participantId),
    calledTimes: timesCalled(steering, participantId),
  }));
}

export type Candidate = { participantId: Id; child: string | null };

export const roomCandidates = (rooms: readonly ClassRoom[]): Candidate[] =>
  rooms.filter(({ own }) => !own).map(({ participantId }) => ({ participantId, child: null }));

export const childCandidates = (rooms: readonly ClassRoom[]): Candidate[] =>
  rooms.flatMap(({ participantId, children }) => children.map((child) => ({ participantId, child })));

/** The teacher's own class is called by name, too, when its classroom is in the lesson and has a list. */
function ownClassroom(participants: readonly Presence[], roster: Roster): Presence[] {
  return participants.filter(
    ({ role, participantId }) =>
      role === 'presenter' && roster.some((entry) => entry.participantId === participantId),
  );
}

export function timesCalled({ called }: SteeringState, participantId: Id): number {
  return called.filter((past) => past.participantId === participantId).length;
}

/** Hands in the order in which they went up, with the room's name. */
export function handQueue({ participants, steering }: LiveState): (Hand & { roomName: string })[] {
  return steering.hands.flatMap((hand) => {
    const room = participants.get(hand.participantId);
    return room ? [{ ...hand, roomName: room.name }] : [];
  });
}

/** The call as its sentence says it. */
export function calledWho({ participants, steering }: LiveState): (Call & { roomName: string }) | null {
  const { call } = steering;
  const room = call && participants.get(call.participantId);
  return room ? { ...call, roomName: room.name } : null;
}

/** Milliseconds that the timer still has; below zero when it has run out; null when none runs. */
export function timerLeft({ timer }: SteeringState, now: number): number | null {
  // A page's idea of the server's clock may be some milliseconds off: no countdown begins above its length.
  return timer && Math.min(timer.durationMs, timer.startedAt + timer.durationMs - now);
}
