import { derivedId, newId } from '#platform/ids.ts';
import type { Logger } from '#platform/logger.ts';
import { audienceOf } from '#protocol/audience.ts';
import type { Account, LessonMode } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { ClassRequest, Joined, LessonMessage } from '#protocol/lesson-socket.ts';
import type { IceServer, RtpCapabilities } from '#protocol/media.ts';
import type { Passing } from '#protocol/passing.ts';
import { type LessonRole, may } from '#protocol/permission.ts';
import type { RecordingPolicy } from '#protocol/policy.ts';
import type { CheckResult } from '#protocol/quality.ts';
import type { EventType, Participant, TimelineEvent } from '#protocol/timeline.ts';
import { mustMayDraw } from '../class/board.ts';
import { decide } from '../class/decide.ts';
import type { Outside } from '../class/decider.ts';
import { checkFinished } from '../class/quality.ts';
import { type EndReason, type LessonMove, moveByItself, moveLesson } from '../lesson/lesson-life.ts';
import type { NodePools } from '../node/nodes-namespace.ts';
import { Timeline } from '../timeline/timeline.ts';
import type { TimelineStore } from '../timeline/timeline-store.ts';
import type { RecordingRepository } from './recording-repository.ts';
import { RoomFeeds } from './room-feeds.ts';
import { RoomMedia } from './room-media.ts';
import { RoomNodes } from './room-nodes.ts';
import { RoomRecording } from './room-recording.ts';
import { type Occupant, Seat } from './seat.ts';
import type { SeatRepository } from './seat-repository.ts';

export interface RoomServices {
  timelines: TimelineStore;
  recordings: RecordingRepository;
  seats: SeatRepository;
  nodes: NodePools;
  seatGraceMs: number;
  /** TURN and STUN servers with credentials for this participant. */
  iceServersFor(participantId: Id): IceServer[];
  /** To every page in the lesson. */
  broadcast(lessonId: Id, message: LessonMessage): void;
  /** To every page in the lesson that can take it at once; who cannot goes without. */
  broadcastVolatile(lessonId: Id, message: LessonMessage): void;
  /** To every page in the lesson, to each as it may read them. */
  tell(lessonId: Id, events: TimelineEvent[]): void;
  /** The lesson was moved on by the platform, at nobody's request. */
  movedByItself(lessonId: Id, move: { to: LessonMove; reason?: EndReason }): void;
  /** The bell has rung and the recording is whole. */
  recorded(): Promise<void>;
  /** What asks for sensitive words in this lesson's texts. */
  wordsOf(lessonId: Id): Promise<Outside['words']>;
  logger: Logger;
}

/** After these a recording may have to begin. */
const STARTS_RECORDING = new Set<EventType>(['recording.asked', 'recording.policySet']);
/** After these what is recorded is to be compared with what there is. */
const CHANGES_RECORDING = new Set<EventType>([
  'feed.added',
  'feed.removed',
  'recording.held',
  'recording.resumed',
]);

/** Who asks for a seat. */
export interface Newcomer {
  account: Account;
  role: LessonRole;
  /** The classroom that this account helps as an assistant. */
  helpsAccountId: Id | null;
}

/** The live runtime of one lesson (课堂): who sits in it, what they send, and that it is recorded. */
export class Room {
  readonly lessonId: Id;
  /** What the media nodes say of this room. */
  readonly nodes: RoomNodes;
  readonly media: RoomMedia;
  readonly feeds: RoomFeeds;
  readonly recording: RoomRecording;
  readonly timeline: Timeline;
  readonly services: RoomServices;
  readonly #outside: Outside;
  readonly seats = new Map<Id, Seat>();
  /** Seats that are being given up: whoever wants one of them waits until its media is closed. */
  readonly #leaving = new Map<Id, Promise<void>>();

  static async load(lessonId: Id, services: RoomServices): Promise<Room> {
    let room: Room | null = null;
    const timeline = await Timeline.load(lessonId, services.timelines, (events) => room?.happened(events));
    const keys = await services.seats.keysOf(lessonId);
    const outside = {
      words: await services.wordsOf(lessonId),
      now: Date.now,
      recordingPolicy: await services.recordings.policyOf(lessonId),
    };
    room = new Room(timeline, keys, outside, services);
    await room.#takeUp();
    return room;
  }

  private constructor(timeline: Timeline, keys: Map<Id, Id>, outside: Outside, services: RoomServices) {
    this.lessonId = timeline.lessonId;
    this.timeline = timeline;
    this.services = services;
    this.#outside = outside;
    const { participants, feeds, recording } = timeline.state;
    for (const participant of participants.values()) {
      const { state: _state, since: _since, missed: _missed, ...plain } = participant;
      this.seats.set(
        participant.participantId,
        new Seat(plain, keys.get(participant.participantId) ?? newId()),
      );
    }
    const { nodes, logger } = services;
    this.nodes = new RoomNodes(this);
    this.media = new RoomMedia(
      this.lessonId,
      nodes.sfus,
      this.nodes,
      feeds.size > 0 || participants.size > 0,
      logger,
    );
    this.feeds = new RoomFeeds(timeline, this.media, logger);
    this.recording = new RoomRecording(
      this.lessonId,
      timeline,
      this.media,
      nodes.recorders,
      services.recordings,
      recording !== null,
      logger,
    );
    this.recording.watch.tell = (status, leftMs) =>
      this.#tellDirectors({ type: 'recording.status', status, leftMs });
    this.recording.producerOf = (feedId) => this.seatOfFeed(feedId)?.feeds.get(feedId)?.producerId ?? null;
  }

  /** Signaling was restarted in the middle of this lesson: the pages have a while to come back. */
  async #takeUp(): Promise<void> {
    const here = [...this.timeline.state.participants.values()].filter(({ state }) => state === 'here');
    await this.timeline.append(() =>
      here.map(({ participantId }) => ({ type: 'participant.away', participantId }) as const),
    );
    for (const seat of this.seats.values()) this.#startGrace(seat);
    // The last process may have ended between the start of the lesson and the start of its recording.
    await this.#startRecording();
  }

  get isEmpty(): boolean {
    return this.seats.size === 0;
  }

  // --- joining and leaving -------------------------------------------------------------------------

  /**
   * Seats `account`; with the key of its earlier join the media it still has is kept, otherwise the seat
   * begins anew and whoever sat there is told.
   */
  async join(
    newcomer: Newcomer,
    occupant: Occupant,
    request: { afterSeq: number; resumeKey: Id | null; receives: boolean },
  ): Promise<{ seat: Seat; joined: Joined }> {
    await this.media.claimed;
    const participantId = this.#participantIdOf(newcomer.account.accountId);
    await this.#leaving.get(participantId);
    if (this.timeline.state.steering.forbidden.has(newcomer.account.accountId))
      throw new AppError('REMOVED', 'removed from this lesson');
    const seat = this.#seatFor(participantId, newcomer);
    const resumes = request.resumeKey !== null && request.resumeKey === seat.key;
    // A page whose line was cut must not take the seat back from the page that took it meanwhile.
    if (request.resumeKey !== null && !resumes && seat.occupant && seat.occupant !== occupant)
      throw new AppError('SEAT_TAKEN', 'another page has this seat');
    if (seat.occupant && seat.occupant !== occupant) seat.occupant.send({ type: 'seat.taken' });
    seat.occupant = occupant;
    seat.stopGrace();
    const seatKey = resumes ? seat.key : newId();
    if (!resumes) {
      seat.key = seatKey;
      if (seat.hasMedia) await this.feeds.closeAll(seat, 'reload');
    }
    // While the seat is being stored: a round trip less to the first picture.
    const asked = this.#mediaFor(seat, request.receives);
    if (!resumes) {
      await this.services.seats.save(this.lessonId, seat.participant, seatKey);
    }
    const { participant } = seat;
    await this.timeline.append(({ participants }) => {
      const known = participants.get(participantId);
      if (!known) return [{ type: 'participant.joined', participant }];
      return known.state === 'away' ? [{ type: 'participant.back', participantId }] : [];
    });
    const { routerRtpCapabilities, recvTransport } = await asked;
    const { transports, feeds, consumers } = seat.media;
    return {
      seat,
      joined: {
        participant,
        seatKey,
        ...this.timeline.tellAfter(request.afterSeq, audienceOf(participant)),
        routerRtpCapabilities,
        iceServers: this.services.iceServersFor(participantId),
        media: {
          // What the page held before, to compare with what it holds: not what it is given now.
          transports: transports.filter(({ transportId }) => transportId !== recvTransport?.transportId),
          feeds,
          consumers,
        },
        recvTransport,
        serverNow: Date.now(),
      },
    };
  }

  /** What a page needs to begin with media; nulls where it cannot be had now. */
  async #mediaFor(
    seat: Seat,
    receives: boolean,
  ): Promise<Pick<Joined, 'routerRtpCapabilities' | 'recvTransport'>> {
    const routerRtpCapabilities = await this.media.ensure().catch((): RtpCapabilities | null => null);
    const offered = receives && routerRtpCapabilities !== null;
    return { routerRtpCapabilities, recvTransport: offered ? await this.media.offerTransport(seat) : null };
  }

  #participantIdOf(accountId: Id): Id {
    return derivedId('participant', this.lessonId, accountId);
  }

  #seatFor(participantId: Id, { account, role, helpsAccountId }: Newcomer): Seat {
    const known = this.seats.get(participantId);
    if (known) return known;
    const participant: Participant = {
      participantId,
      accountId: account.accountId,
      kind: account.kind,
      name: account.name,
      organizationName: account.organizationName,
      role,
      helpsParticipantId: helpsAccountId && this.#participantIdOf(helpsAccountId),
    };
    const seat = new Seat(participant, newId());
    this.seats.set(participantId, seat);
    return seat;
  }

  /** The socket is gone. The seat and its media stay for the grace time. */
  async away(seat: Seat, occupant: Occupant): Promise<void> {
    if (seat.occupant !== occupant) return;
    seat.occupant = null;
    this.#startGrace(seat);
    const { participantId } = seat.participant;
    await this.timeline.append(({ participants }) =>
      participants.get(participantId)?.state === 'here' && seat.occupant === null
        ? [{ type: 'participant.away', participantId }]
        : [],
    );
  }

  async leave(seat: Seat, occupant: Occupant, reason: 'left' | 'lost' = 'left'): Promise<void> {
    if (seat.occupant !== occupant) return;
    await this.#giveUp(seat, reason);
  }

  /** Whoever sits or sat here as `occupant` is signed in no more: the seat and its media end, unless somebody else has it. */
  async dismiss(seat: Seat, occupant: Occupant): Promise<void> {
    const isTheirs = seat.occupant === occupant || seat.occupant === null;
    if (isTheirs && this.seats.get(seat.participant.participantId) === seat) await this.#giveUp(seat, 'left');
  }

  /** The lesson is not held now: who waits in it is told, and goes. */
  async putOut(why: Omit<Extract<LessonMessage, { type: 'calledOff' }>, 'type'>): Promise<void> {
    for (const seat of [...this.seats.values()]) {
      seat.occupant?.send({ type: 'calledOff', ...why });
      await this.#giveUp(seat, 'left');
    }
  }

  #startGrace(seat: Seat): void {
    seat.stopGrace();
    seat.grace = setTimeout(() => {
      this.#giveUp(seat, 'lost').catch((error: unknown) => {
        this.services.logger.error({ err: error }, 'a seat could not be given up');
      });
    }, this.services.seatGraceMs);
  }

  /** Somebody does something in class: see `ClassRequest`. */
  async act(seat: Seat, request: ClassRequest): Promise<void> {
    await this.timeline.append((state) => decide(state, seat.participant, request, this.#outside));
  }

  /** What an account found out about its room before the bell, also when it has not come in yet. */
  async checked(accountId: Id, items: CheckResult[]): Promise<void> {
    const participantId = this.#participantIdOf(accountId);
    await this.timeline.append((state) => checkFinished(state, { participantId, accountId }, items));
  }

  /** What somebody draws or points at right now goes on to the other pages; more than a hand can do is dropped. */
  pass(seat: Seat, body: Passing): void {
    mustMayDraw(this.timeline.state, seat.participant);
    if (!seat.mayPass(Date.now())) return;
    const { participantId } = seat.participant;
    this.services.broadcastVolatile(this.lessonId, { type: 'passing', participantId, body });
  }

  #tellDirectors(message: LessonMessage): void {
    for (const { participant, occupant } of this.seats.values())
      if (may(participant.role, 'record.control')) occupant?.send(message);
  }

  /** The timeline says that somebody was removed: their line, their media and their seat end. */
  #removed(participantId: Id, forbidden: boolean): void {
    const seat = this.seats.get(participantId);
    seat?.occupant?.send({ type: 'removed', forbidden });
    this.inBackground(seat ? this.#giveUp(seat, 'left') : this.#gone(participantId, 'left'));
  }

  async #giveUp(seat: Seat, reason: 'left' | 'lost'): Promise<void> {
    const { participantId } = seat.participant;
    seat.stopGrace();
    seat.occupant = null;
    this.seats.delete(participantId);
    const closing = this.feeds.closeAll(seat, 'left').then(() => this.#gone(participantId, reason));
    const settled = closing.catch(() => undefined);
    this.#leaving.set(participantId, settled);
    await closing.finally(() => {
      if (this.#leaving.get(participantId) === settled) this.#leaving.delete(participantId);
    });
  }

  async #gone(participantId: Id, reason: 'left' | 'lost'): Promise<void> {
    await this.timeline.append(({ participants }) =>
      participants.has(participantId) ? [{ type: 'participant.left', participantId, reason }] : [],
    );
  }

  seatOfFeed(feedId: Id): Seat | undefined {
    const feed = this.timeline.state.feeds.get(feedId);
    return feed && this.seats.get(feed.participantId);
  }

  // --- the lesson's life ---------------------------------------------------------------------------

  /** Moves the lesson on. Asked again for what is already true it does nothing; a forbidden move is WRONG_STATE. */
  async changeState(
    to: LessonMove,
    { mode, byAccountId, reason = 'ended' }: { mode: LessonMode; byAccountId: Id | null; reason?: EndReason },
  ): Promise<void> {
    await this.timeline.append((state) => moveLesson(state, to, byAccountId, reason, mode));
    if (to === 'live') await this.#startRecording();
    if (to === 'ended') await this.finish();
  }

  /** When this lesson is recorded: as it was decided for it, or as its kind of lesson has it. */
  get recordingPolicy(): RecordingPolicy {
    return this.timeline.state.directing.policy ?? this.#outside.recordingPolicy;
  }

  /** @throws AppError WRONG_STATE after the bell, and for `off` when the recording has begun: that can stand still. */
  async setRecordingPolicy(policy: RecordingPolicy, byAccountId: Id): Promise<void> {
    await this.timeline.append(({ state, recording }) => {
      if (policy === this.recordingPolicy) return [];
      if (state === 'ended' || state === 'ready') throw new AppError('WRONG_STATE', 'the lesson is over');
      if (recording && policy === 'off') throw new AppError('WRONG_STATE', 'the recording has begun');
      return [{ type: 'recording.policySet', policy, byAccountId }];
    });
  }

  async #startRecording(): Promise<void> {
    const { recording: known, state, directing } = this.timeline.state;
    if (known || state !== 'live') return;
    const policy = this.recordingPolicy;
    if (policy === 'off' || (policy === 'manual' && !directing.asked)) return;
    const { recordingId, epochMs } = await this.services.recordings.createOnce(
      newId(),
      this.lessonId,
      Date.now(),
    );
    await this.timeline.append(({ recording }) =>
      recording ? [] : [{ type: 'recording.started', recordingId, epochMs }],
    );
    this.recording.sync();
  }

  /** After the bell: closes the recording, then the media. Returns whether the lesson is ready. */
  async finish(): Promise<boolean> {
    const finalized = await this.recording.finalize();
    this.media.close();
    for (const seat of this.seats.values()) {
      seat.stopGrace();
      for (const transportId of seat.transports.keys())
        seat.occupant?.send({ type: 'transport.closed', transportId });
      seat.clearMedia();
    }
    this.seats.clear();
    if (!finalized) return false;
    await this.timeline.append(({ state }) =>
      state === 'ended' ? [{ type: 'lesson.ready', durationMs: finalized.durationMs }] : [],
    );
    this.inBackground(this.services.recorded());
    return true;
  }

  /** Stored events reach everybody; feeds that came or went reach the recording. */
  happened(events: TimelineEvent[]): void {
    this.services.tell(this.lessonId, events);
    this.feeds.holdAsSteered();
    for (const { body } of events) {
      if (body.type === 'participant.removed') this.#removed(body.participantId, body.forbidden);
      const move = moveByItself(body);
      if (move) this.services.movedByItself(this.lessonId, move);
    }
    if (events.some(({ body }) => STARTS_RECORDING.has(body.type))) this.inBackground(this.#startRecording());
    if (events.some(({ body }) => CHANGES_RECORDING.has(body.type))) this.recording.sync();
  }

  inBackground(work: Promise<unknown>): void {
    work.catch((error: unknown) =>
      this.services.logger.error({ err: error, lessonId: this.lessonId }, 'room'),
    );
  }

  close(): void {
    for (const seat of this.seats.values()) seat.stopGrace();
    this.recording.close();
  }
}
