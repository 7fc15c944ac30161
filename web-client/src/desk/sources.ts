import type { FeedRole, Lesson } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import type { TrackCondition } from '#protocol/recorder-node.ts';
import type { Feed } from '#protocol/timeline.ts';
import type { Picture } from '../classroom/lesson-view.ts';
import type { LessonSnapshot } from '../lesson/session.ts';
import { BOARD, type Source } from './arrange.ts';

/** One place of the multiview; the board's pages have the key {@link BOARD}. It is there from the plan, before its picture comes, so that no key ever changes. */
export interface DeskSource {
  readonly key: string;
  /** Null while nothing can be cut to. */
  readonly source: Source | null;
  /** Whose it is; null where its role says enough: the board, and what the teacher's own page sends. */
  readonly roomName: string | null;
  readonly role: FeedRole;
  readonly feedId: Id | null;
  readonly picture: Picture | null;
  /** The microphone that belongs to the picture. */
  readonly mic: { readonly stream: MediaStream | null; readonly on: boolean } | null;
  /** How the recorder says it is; null while it has not said or has nothing to say. */
  readonly condition: TrackCondition | null;
}

const FACE: readonly FeedRole[] = ['teacher', 'studio'];
const ROOM: readonly FeedRole[] = ['pupils', 'studio', 'teacher'];

/**
 * Everything that can be cut to, in the order of the number keys: the teacher's face, the board's pages, the planned
 * rooms, then whatever else is sent, in the order in which it came.
 */
export function deskSources(lesson: Lesson, snapshot: LessonSnapshot): DeskSource[] {
  const { live } = snapshot;
  const feeds = [...live.feeds.values()].filter(({ kind }) => kind === 'video');
  const used = new Set<Id>();
  const take = (fits: (feed: Feed) => boolean): Feed | null => {
    const feed = feeds.find((candidate) => !used.has(candidate.feedId) && fits(candidate)) ?? null;
    if (feed) used.add(feed.feedId);
    return feed;
  };
  const isTeacher = ({ participantId }: Feed) => live.participants.get(participantId)?.role === 'presenter';
  const face = take((feed) => isTeacher(feed) && FACE.includes(feed.role));
  const rooms = lesson.remoteClassrooms.map((room) => {
    const accountOf = ({ participantId }: Feed) => live.participants.get(participantId)?.accountId;
    const feed = take(
      (candidate) => accountOf(candidate) === room.accountId && ROOM.includes(candidate.role),
    );
    return { room, feed };
  });
  const isPresenter = (participantId: Id) => live.participants.get(participantId)?.role === 'presenter';
  const others = feeds.filter(({ feedId }) => !used.has(feedId));
  return [
    { ...sourceOf(snapshot, 'face', 'teacher', face), mic: micOf(snapshot, isPresenter) },
    {
      ...sourceOf(snapshot, BOARD, 'board', null),
      source: live.board.pages.length > 0 ? BOARD : null,
    },
    ...rooms.map(({ room, feed }) => ({
      ...sourceOf(snapshot, room.accountId, 'pupils', feed),
      roomName: room.name,
      mic: micOf(snapshot, (id) => live.participants.get(id)?.accountId === room.accountId),
    })),
    ...others.map((feed) => ({
      ...sourceOf(snapshot, feed.feedId, feed.role, feed),
      roomName: nameOf(snapshot, feed),
    })),
  ];
}

function sourceOf(
  snapshot: LessonSnapshot,
  key: string,
  role: DeskSource['role'],
  feed: Feed | null,
): DeskSource {
  const told = snapshot.recordingStatus?.status.tracks.find(({ trackId }) => trackId === feed?.feedId);
  // The timeline knows of a pause before the recorder's next word.
  const held = snapshot.live.directing.heldAt !== null && told?.condition === 'recorded';
  return {
    key,
    source: feed?.feedId ?? null,
    roomName: null,
    role: feed?.role ?? role,
    feedId: feed?.feedId ?? null,
    picture: feed && feedPicture(snapshot, feed.feedId),
    mic: null,
    condition: held ? 'held' : (told?.condition ?? null),
  };
}

/** A further picture is told apart by whose it is, but for what the teacher's own page sends beside the face. */
function nameOf({ live }: LessonSnapshot, { participantId }: Feed): string | null {
  const sender = live.participants.get(participantId);
  return sender && !(sender.role === 'presenter' && sender.kind === 'person') ? sender.name : null;
}

/** A feed's picture, received or one's own. */
export function feedPicture({ live, local, remote, me }: LessonSnapshot, feedId: Id): Picture | null {
  const feed = live.feeds.get(feedId);
  if (!feed) return null;
  const { role } = feed;
  const other = remote.find((entry) => entry.feed.feedId === feedId);
  if (other) {
    const { stream, state } = other;
    return { key: feedId, role, stream, paused: other.feed.paused, stalled: state === 'stalled' };
  }
  const mine = feed.participantId === me?.participantId && local.find((known) => known.role === role);
  return mine ? { key: feedId, role, stream: mine.stream, paused: mine.paused, stalled: false } : null;
}

function micOf({ local, remote, me }: LessonSnapshot, isTheirs: (participantId: Id) => boolean) {
  const mics = remote.filter(
    ({ feed, participant }) => feed.role === 'mic' && isTheirs(participant.participantId),
  );
  const mine = me && isTheirs(me.participantId) ? local.find(({ role }) => role === 'mic') : undefined;
  const other = mics.find(({ feed }) => !feed.paused) ?? mics[0];
  if (mine) return { stream: mine.stream, on: !mine.paused && mine.state === 'sending' };
  if (!other) return null;
  return { stream: other.stream, on: !other.feed.paused };
}
