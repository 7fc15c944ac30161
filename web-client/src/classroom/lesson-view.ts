import type { FeedRole, Lesson } from '#protocol/domain.ts';
import { type Hold, holdOf } from '#protocol/hold.ts';
import type { LiveState, Presence } from '#protocol/live-state.ts';
import type { Remark } from '#protocol/steering.ts';
import type { LessonSnapshot, LocalFeed, RemoteFeed } from '../lesson/session.ts';

/** One picture on the page, received or one's own. */
export interface Picture {
  readonly key: string;
  readonly role: FeedRole;
  /** Null while the device has not given one yet. */
  readonly stream: MediaStream | null;
  readonly paused: boolean;
  /** It should move and does not: the last frame stays, and a word says so. */
  readonly stalled: boolean;
}

/** A remote classroom's place on the page. It is there from the plan, before anybody comes. */
export interface RoomSlot {
  readonly accountId: string;
  readonly participantId: string | null;
  readonly name: string;
  readonly organizationName: string;
  readonly presence: 'here' | 'away' | 'absent';
  readonly picture: Picture | null;
  readonly micOn: boolean;
  /** Why the room is not heard although its microphone is on. */
  readonly micHold: Hold | null;
  readonly onStage: boolean;
  /** What its assistant said last, and when. */
  readonly remark: { readonly remark: Remark; readonly at: number } | null;
}

/** What the master classroom shows: a face, and beside it a second feed when there is one. */
export interface TeacherView {
  readonly presence: 'here' | 'away' | 'absent';
  readonly face: Picture | null;
  readonly second: Picture | null;
  readonly micOn: boolean;
}

const FACE: readonly FeedRole[] = ['teacher', 'studio'];
const SECOND: readonly FeedRole[] = ['screen', 'board'];
const ROOM: readonly FeedRole[] = ['pupils', 'studio', 'teacher'];

/** The feed of one of the roles; of several the one that came last. */
const lastOf = <F extends { role: FeedRole }>(feeds: readonly F[], roles: readonly FeedRole[]): F | null =>
  feeds.findLast(({ role }) => roles.includes(role)) ?? null;

const received = ({ feed, stream, state }: RemoteFeed): Picture => ({
  key: feed.feedId,
  role: feed.role,
  stream,
  paused: feed.paused,
  stalled: state === 'stalled',
});

export const own = (feed: LocalFeed): Picture => ({
  key: feed.role,
  role: feed.role,
  stream: feed.stream,
  paused: feed.paused,
  stalled: false,
});

function pictureOf(remote: readonly RemoteFeed[], roles: readonly FeedRole[]): Picture | null {
  const found = lastOf(
    remote.map((entry) => ({ role: entry.feed.role, entry })),
    roles,
  );
  return found && received(found.entry);
}

/** The master classroom as everybody else receives it. */
export function teacherView({ live, remote }: LessonSnapshot): TeacherView {
  const seats = [...live.participants.values()].filter(({ role }) => role === 'presenter');
  const feeds = remote.filter(({ participant }) => participant.role === 'presenter');
  return {
    presence: presenceOf(seats),
    face: pictureOf(feeds, FACE),
    second: pictureOf(feeds, SECOND),
    micOn: feeds.some(({ feed }) => feed.role === 'mic' && !feed.paused),
  };
}

/**
 * The master classroom as its own console sends it, and what it does not send itself as another
 * device of the same room sends it.
 */
export function ownTeacherView(snapshot: LessonSnapshot): TeacherView {
  const { local } = snapshot;
  const other = teacherView(snapshot);
  const face = lastOf(local, FACE);
  const second = lastOf(local, SECOND);
  const mic = lastOf(local, ['mic']);
  return {
    presence: 'here',
    face: face ? own(face) : other.face,
    second: second?.stream ? own(second) : other.second,
    micOn: mic?.state === 'sending' && !mic.paused,
  };
}

/** The picture that the teacher has made large for everybody; null while nobody has. */
export function shownPicture({ live, local, remote, me }: LessonSnapshot): Picture | null {
  const feed = live.steering.shownFeedId === null ? null : live.feeds.get(live.steering.shownFeedId);
  if (!feed) return null;
  const other = remote.find((entry) => entry.feed.feedId === feed.feedId);
  if (other) return received(other);
  const mine = feed.participantId === me?.participantId && local.find(({ role }) => role === feed.role);
  return mine ? own(mine) : null;
}

/** Remote classrooms in the plan's order, then the ones nobody planned. */
export function roomSlots(lesson: Lesson, { live, remote }: LessonSnapshot): RoomSlot[] {
  const seats = [...live.participants.values()].filter(({ role }) => role === 'remote');
  const planned = lesson.remoteClassrooms.map((room) => ({
    ...room,
    seat: seats.find(({ accountId }) => accountId === room.accountId),
  }));
  const unplanned = seats
    .filter(({ accountId }) => !lesson.remoteClassrooms.some((room) => room.accountId === accountId))
    .map((seat) => ({ ...seat, seat }));
  return [...planned, ...unplanned].map(({ accountId, name, organizationName, seat }) => {
    const feeds = remote.filter(({ participant }) => participant.accountId === accountId);
    return {
      accountId,
      participantId: seat?.participantId ?? null,
      name,
      organizationName,
      presence: presenceOf(seat ? [seat] : []),
      picture: pictureOf(feeds, ROOM),
      micOn: feeds.some(({ feed }) => feed.role === 'mic' && !feed.paused),
      micHold: seat ? micHoldOf(live, seat.participantId) : null,
      onStage: isOnStage(live, seat?.participantId),
      remark: (seat && live.steering.remarks.get(seat.participantId)) ?? null,
    };
  });
}

/** What the teacher's side has decided about a room's microphone, whether it sends one or not. */
export function micHoldOf(live: LiveState, participantId: string): Hold | null {
  return holdOf(live, { feedId: '', participantId, role: 'mic', kind: 'audio', paused: false });
}

function isOnStage({ steering: { stage } }: LiveState, participantId: string | undefined): boolean {
  return stage.kind === 'room' && stage.participantId === participantId;
}

function presenceOf(seats: readonly Presence[]): 'here' | 'away' | 'absent' {
  if (seats.some(({ state }) => state === 'here')) return 'here';
  return seats.length > 0 ? 'away' : 'absent';
}
