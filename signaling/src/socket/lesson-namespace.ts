import type { Namespace, Server, Socket } from 'socket.io';
import type { Logger } from '#platform/logger.ts';
import { allShown, audienceOf, PUBLIC, privateTo, shown } from '#protocol/audience.ts';
import type { Account } from '#protocol/domain.ts';
import { AppError, type Reply } from '#protocol/errors.ts';
import { LESSON_NAMESPACE, type LessonMessage, LessonRequest } from '#protocol/lesson-socket.ts';
import type { LessonRole } from '#protocol/permission.ts';
import type { SessionEnd } from '#protocol/session.ts';
import type { Participant, TimelineEvent } from '#protocol/timeline.ts';
import type { AccountRepository } from '../account/account-repository.ts';
import type { SessionWatch } from '../account/session-watch.ts';
import type { LessonTraces } from '../audit/lesson-traces.ts';
import type { LessonRepository } from '../lesson/lesson-repository.ts';
import { mustMay } from '../lesson/must-may.ts';
import type { Rooms } from '../room/rooms.ts';
import { handleSeated, type Seated } from './requests.ts';
import { signedIn } from './signed-in.ts';

export interface LessonNamespaceServices {
  accounts: AccountRepository;
  lessons: LessonRepository;
  rooms: Rooms;
  watch: SessionWatch;
  /** How long a seat is kept for whoever left it without a word. */
  seatGraceMs: number;
  traces: LessonTraces;
  logger: Logger;
}

/** Opens the pages' namespace at once; `serve` begins to answer when the rooms are loaded. */
export class LessonNamespace {
  readonly #namespace: Namespace;

  constructor(io: Server, accounts: AccountRepository) {
    this.#namespace = io.of(LESSON_NAMESPACE);
    this.#namespace.use(signedIn(accounts));
  }

  broadcast(lessonId: string, message: LessonMessage): void {
    this.#namespace.to(lessonId).emit('message', message);
  }

  broadcastVolatile(lessonId: string, message: LessonMessage): void {
    this.#namespace.to(lessonId).volatile.emit('message', message);
  }

  /** Each page gets the events as its participant may read them. */
  tell(lessonId: string, events: TimelineEvent[]): void {
    if (events.every(({ body }) => privateTo(body) === null)) {
      this.broadcast(lessonId, { type: 'events', events });
      return;
    }
    this.#namespace.to(deskOf(lessonId)).emit('message', { type: 'events', events } satisfies LessonMessage);
    for (const event of events) {
      const owners = (privateTo(event.body) ?? []).map((id) => seatOf(lessonId, id));
      const send = (to: string[], except: string[], told: TimelineEvent) =>
        this.#namespace
          .to(to)
          .except([deskOf(lessonId), ...except])
          .emit('message', { type: 'events', events: [told] } satisfies LessonMessage);
      send([lessonId], owners, shown(event, PUBLIC));
      if (owners.length > 0) send(owners, [], event);
    }
  }

  serve(services: LessonNamespaceServices): void {
    this.#namespace.on('connection', (socket) => new LessonSocket(socket, services));
  }
}

const deskOf = (lessonId: string): string => `${lessonId}/desk`;
const seatOf = (lessonId: string, participantId: string): string => `${lessonId}/${participantId}`;

/** The rooms of socket.io in which one page listens. */
function channelsOf(lessonId: string, participant: Participant): string[] {
  const { desk, own } = audienceOf(participant);
  return [lessonId, ...own.map((id) => seatOf(lessonId, id)), ...(desk ? [deskOf(lessonId)] : [])];
}

/** One page's line. */
class LessonSocket {
  readonly #socket: Socket;
  readonly #services: LessonNamespaceServices;
  readonly #account: Account;
  readonly #unwatch: () => void;
  #seated: Seated | null = null;
  #ended = false;

  constructor(socket: Socket, services: LessonNamespaceServices) {
    this.#socket = socket;
    this.#services = services;
    this.#account = socket.data.account as Account;
    socket.on('request', (raw: unknown, answer: unknown) => {
      if (typeof answer === 'function') void this.#request(raw, answer as (reply: Reply<unknown>) => void);
    });
    const { sessionId } = socket.data as { sessionId: string };
    this.#unwatch = services.watch.session(sessionId, this.#account, (reason) => this.#end(reason));
    socket.on('disconnect', () => this.#away());
  }

  /** The line is cut. The seat and its media are kept for a while, and so is the eye on the session. */
  #away(): void {
    const seated = this.#seated;
    if (!seated) this.#unwatch();
    if (!seated || this.#ended) return;
    setTimeout(this.#unwatch, this.#services.seatGraceMs).unref();
    seated.room.away(seated.seat, seated.occupant).catch((error: unknown) => {
      this.#services.logger.error({ err: error }, 'leaving a seat failed');
    });
  }

  /** The session has ended: the page is told why, its seat and media go, the line is closed. */
  #end(reason: SessionEnd): void {
    this.#ended = true;
    this.#socket.emit('message', { type: 'session.ended', reason } satisfies LessonMessage);
    const seated = this.#seated;
    this.#unseat();
    seated?.room.dismiss(seated.seat, seated.occupant).catch((error: unknown) => {
      this.#services.logger.error({ err: error }, 'a seat could not be ended with its session');
    });
    this.#socket.disconnect(true);
  }

  async #request(raw: unknown, answer: (reply: Reply<unknown>) => void): Promise<void> {
    try {
      if (this.#ended) throw new AppError('SESSION_ENDED', 'the session has ended');
      const request = LessonRequest.parse(raw);
      if (request.type === 'join') return await this.#join(request, answer);
      if (!this.#seated) throw new AppError('NOT_JOINED', 'join a lesson first');
      const { lessonId } = this.#seated.room;
      answer({ ok: true, data: await handleSeated(this.#seated, request) });
      if (request.type === 'recording.run' || request.type === 'recording.hold')
        this.#note('lesson.recorded', lessonId, { request: request.type });
      if (request.type === 'leave') this.#unseat();
    } catch (thrown) {
      const error = AppError.from(thrown);
      if (error.code === 'INTERNAL') this.#services.logger.error({ err: thrown }, 'a request failed');
      answer({ ok: false, error: error.toBody() });
    }
  }

  async #join(
    request: Extract<LessonRequest, { type: 'join' }>,
    answer: (reply: Reply<unknown>) => void,
  ): Promise<void> {
    const { lessonId } = request;
    const { lessons, rooms } = this.#services;
    if (this.#seated && this.#seated.room.lessonId !== lessonId) {
      throw new AppError('WRONG_STATE', 'this socket sits in another lesson');
    }
    const lesson = await lessons.find(lessonId, this.#account);
    if (!lesson) throw new AppError('NOT_FOUND', 'no such lesson');
    const role = lesson.role as LessonRole;
    mustMay(lesson, 'room.join');
    if (lesson.state === 'ended' || lesson.state === 'ready')
      throw new AppError('WRONG_STATE', 'the lesson is over');
    const room = await rooms.get(lessonId);
    const occupant = { send: (message: LessonMessage) => this.#send(message) };
    const earlier = this.#seated;
    const { seat, joined } = await room.join(
      { account: this.#account, role, helpsAccountId: lesson.helpsAccountId },
      earlier?.occupant ?? occupant,
      request,
    );
    this.#seated = { room, seat, role, occupant: earlier?.occupant ?? occupant };
    // The session may have ended while the seat was made ready.
    if (this.#ended) return await room.dismiss(seat, this.#seated.occupant);
    if (!this.#socket.connected) return this.#away();
    // The answer first, then the broadcasts: the page must not see event n + 1 before it has had n.
    answer({ ok: true, data: joined });
    if (!earlier) this.#note('lesson.joined', lessonId, { as: role });
    void this.#socket.join(channelsOf(lessonId, seat.participant));
    const known = joined.snapshot ? joined.snapshot.live.seq : request.afterSeq;
    const audience = audienceOf(seat.participant);
    const missed = allShown(room.timeline.after(known + joined.events.length), audience);
    if (missed.length > 0)
      this.#socket.emit('message', { type: 'events', events: missed } satisfies LessonMessage);
  }

  #note(
    action: 'lesson.joined' | 'lesson.recorded',
    lessonId: string,
    detail: Record<string, unknown>,
  ): void {
    const actor = { account: this.#account, address: this.#socket.handshake.address };
    this.#services.traces.note(actor, action, lessonId, detail);
  }

  #send(message: LessonMessage): void {
    this.#socket.emit('message', message);
    // Whoever was removed, or waited for what is off, hears and says nothing more in this lesson.
    if (message.type === 'removed' || message.type === 'calledOff') this.#unseat();
  }

  #unseat(): void {
    if (!this.#seated) return;
    const { room, seat } = this.#seated;
    for (const channel of channelsOf(room.lessonId, seat.participant)) void this.#socket.leave(channel);
    this.#seated = null;
  }
}
