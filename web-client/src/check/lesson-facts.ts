import type { FeedRole } from '#protocol/domain.ts';
import { holdOf } from '#protocol/hold.ts';
import type { QualitySample } from '#protocol/quality.ts';
import { progressOf, type StatsEntries, sentOf, sizeOf } from '../lesson/quality.ts';
import type { LessonSnapshot, LocalFeed, RemoteFeed } from '../lesson/snapshot.ts';
import { type LessonFacts, lessonLight } from './judge/lesson-light.ts';

/** What should flow and stands still for this long is stopped; what never flowed has had time to begin. */
const STOPPED_MS = 4_000;
const BEGIN_MS = 8_000;

/** How much of something has flowed, since when it has not changed, and how fast it went lately (a second). */
interface Flow {
  readonly count: number;
  readonly sinceMs: number;
  readonly rate: number;
}

/** One look at a page's own media; the next one needs it to tell what has moved. */
export interface Look {
  readonly atMs: number;
  /** By feed id, what is received; by `own.` and role, what is sent. Only what should flow is in it. */
  readonly flows: ReadonlyMap<string, Flow>;
}

export interface Statistics {
  readonly sent: StatsEntries;
  readonly received: StatsEntries;
}

const trackIdOf = (stream: MediaStream | null) => stream?.getTracks()[0]?.id ?? '';
const ownKey = (role: FeedRole) => `own.${role}`;

export function look(
  snapshot: LessonSnapshot,
  { sent, received }: Statistics,
  before: Look | null,
  atMs: number,
): Look {
  const flows = new Map<string, Flow>();
  const note = (key: string, count: number) => {
    const known = before?.flows.get(key);
    const seconds = before ? (atMs - before.atMs) / 1000 : 0;
    flows.set(key, {
      count,
      sinceMs: known && known.count === count ? known.sinceMs : atMs,
      rate: known && seconds > 0 ? Math.max(0, count - known.count) / seconds : 0,
    });
  };
  for (const { feed, stream } of expected(snapshot))
    note(feed.feedId, progressOf(received, trackIdOf(stream)));
  for (const feed of sending(snapshot)) note(ownKey(feed.role), sentOf(sent, trackIdOf(feed.stream)));
  return { atMs, flows };
}

/** What others send and nobody holds back. A device of one's own room is not listened to (it would howl). */
function expected({ live, remote, me }: LessonSnapshot): RemoteFeed[] {
  return remote.filter(
    ({ feed, participant }) =>
      !feed.paused &&
      holdOf(live, feed) === null &&
      participant.state === 'here' &&
      !(feed.kind === 'audio' && me?.role === 'presenter' && participant.role === 'presenter'),
  );
}

function sending({ local }: LessonSnapshot): LocalFeed[] {
  return local.filter((feed) => feed.state === 'sending' && !feed.paused);
}

const stopped = ({ count, sinceMs }: Flow, atMs: number) =>
  atMs - sinceMs >= (count > 0 ? STOPPED_MS : BEGIN_MS);

const SHARED: readonly FeedRole[] = ['screen', 'board'];
const FACES: readonly FeedRole[] = ['teacher', 'studio', 'pupils'];
const last = (feeds: readonly RemoteFeed[], roles: readonly FeedRole[]) =>
  feeds.findLast(({ feed }) => roles.includes(feed.role)) ?? null;

/** The picture that a person in this room looks at: for the teacher a room's, for a room the board or the teacher. */
function mainPicture(snapshot: LessonSnapshot): RemoteFeed | null {
  const presents = snapshot.me?.role === 'presenter';
  const { stage } = snapshot.live.steering;
  const feeds = expected(snapshot).filter(
    ({ participant }) => (participant.role === 'presenter') !== presents,
  );
  if (!presents) return last(feeds, SHARED) ?? last(feeds, FACES);
  const onStage = feeds.filter(
    ({ feed }) => stage.kind === 'room' && stage.participantId === feed.participantId,
  );
  return last(onStage, FACES) ?? last(feeds, FACES);
}

function ownState(
  { local }: LessonSnapshot,
  { flows, atMs }: Look,
  roles: readonly FeedRole[],
): LessonFacts['camera'] {
  const feeds = local.filter(({ role, paused }) => roles.includes(role) && !paused);
  if (feeds.some(({ state }) => state === 'failed')) return 'stopped';
  const own = feeds.flatMap(({ role }) => flows.get(ownKey(role)) ?? []);
  if (own.length === 0) return 'idle';
  return own.some((flow) => stopped(flow, atMs)) ? 'stopped' : 'flows';
}

/** What this page tells of itself, as the teacher's side reads it. */
export function sampleOf(snapshot: LessonSnapshot, now: Look, { received }: Statistics): QualitySample {
  const { quality } = snapshot;
  const main = mainPicture(snapshot);
  const flow = main && now.flows.get(main.feed.feedId);
  const frozen = flow ? stopped(flow, now.atMs) : false;
  const framesPerSecond = flow ? (frozen ? 0 : Math.min(240, Math.round(flow.rate))) : null;
  const hears = expected(snapshot)
    .filter(({ feed }) => feed.kind === 'audio')
    .every(({ feed }) => {
      const voice = now.flows.get(feed.feedId);
      return voice !== undefined && !stopped(voice, now.atMs);
    });
  // A shared screen has few frames on purpose; and one look alone knows no rate.
  const judged = flow && flow.rate > 0 && !SHARED.includes(main.feed.role) ? framesPerSecond : null;
  const size = main && sizeOf(received, trackIdOf(main.stream));
  return {
    ...lessonLight({
      sees: flow ? { stalled: frozen, framesPerSecond: judged } : null,
      hears,
      camera: ownState(snapshot, now, FACES),
      mic: ownState(snapshot, now, ['mic']),
      lossPercent: quality.lossPercent,
      rttMs: quality.rttMs,
    }),
    upKbps: quality.upKbps,
    downKbps: quality.downKbps,
    lossPercent: quality.lossPercent,
    rttMs: quality.rttMs,
    framesPerSecond,
    width: size?.width ?? null,
    height: size?.height ?? null,
    hears,
  };
}
