import type { Account, FeedRole, MediaKind } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id, MediaId } from '#protocol/ids.ts';
import type { LessonMessage } from '#protocol/lesson-socket.ts';
import type {
  DtlsParameters,
  IceParameters,
  IceServer,
  RtpCapabilities,
  RtpParameters,
  TransportOptions,
} from '#protocol/media.ts';
import { actionToPublish, type LessonRole, may } from '#protocol/permission.ts';
import type { Room } from './room.ts';
import type { Occupant, Seat } from './seat.ts';

/** A program that sends media into a lesson, in the seat of the account that its key was made for. */
export class IngestSeat implements Occupant {
  readonly routerRtpCapabilities: RtpCapabilities;
  readonly iceServers: IceServer[];
  readonly #room: Room;
  readonly #seat: Seat;
  readonly #role: LessonRole;
  readonly #listeners = new Set<(cause: 'taken' | 'lost') => void>();
  #closed = false;
  /** Called when it ends, however it ends. */
  over: () => void = () => {};

  /** @throws AppError WRONG_STATE after the bell; NO_MEDIA_NODE while nothing can carry the media. */
  static async open(room: Room, account: Account, role: LessonRole): Promise<IngestSeat> {
    const { state } = room.timeline.state;
    if (state === 'ended' || state === 'ready') throw new AppError('WRONG_STATE', 'the lesson is over');
    let opened: IngestSeat | null = null;
    const relay: Occupant = { send: (message) => opened?.send(message) };
    const { seat, joined } = await room.join({ account, role, helpsAccountId: null }, relay, {
      afterSeq: room.timeline.state.seq,
      resumeKey: null,
      receives: false,
    });
    if (!joined.routerRtpCapabilities) {
      await room.leave(seat, relay, 'lost');
      throw new AppError('NO_MEDIA_NODE', 'no media node is connected');
    }
    opened = new IngestSeat(room, seat, role, joined.routerRtpCapabilities, joined.iceServers);
    seat.occupant = opened;
    return opened;
  }

  private constructor(
    room: Room,
    seat: Seat,
    role: LessonRole,
    capabilities: RtpCapabilities,
    iceServers: IceServer[],
  ) {
    this.#room = room;
    this.#seat = seat;
    this.#role = role;
    this.routerRtpCapabilities = capabilities;
    this.iceServers = iceServers;
  }

  async createTransport(): Promise<TransportOptions> {
    return await this.#room.media.openTransport(this.#seat, 'send');
  }

  async connectTransport(transportId: MediaId, dtlsParameters: DtlsParameters): Promise<void> {
    const roomId = this.#room.lessonId;
    await this.#room.media.sfu.command({ type: 'transport.connect', roomId, transportId, dtlsParameters });
  }

  async restartIce(transportId: MediaId): Promise<IceParameters> {
    const roomId = this.#room.lessonId;
    return (await this.#room.media.sfu.command({ type: 'transport.restartIce', roomId, transportId }))
      .iceParameters;
  }

  async publish(
    transportId: MediaId,
    role: FeedRole,
    kind: MediaKind,
    rtpParameters: RtpParameters,
  ): Promise<{ feedId: Id; producerId: MediaId }> {
    if (!may(this.#role, actionToPublish(role)))
      throw new AppError('FORBIDDEN', `${this.#role} may not send ${role}`);
    return await this.#room.feeds.publish(this.#seat, transportId, {
      role,
      kind,
      rtpParameters,
      paused: false,
    });
  }

  onClosed(listener: (cause: 'taken' | 'lost') => void): void {
    this.#listeners.add(listener);
  }

  /** The program hangs up: its seat is given up at once. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.over();
    await this.#room.leave(this.#seat, this, 'left');
  }

  send(message: LessonMessage): void {
    if (this.#closed || !['seat.taken', 'removed', 'media.lost', 'transport.closed'].includes(message.type))
      return;
    this.#closed = true;
    this.over();
    this.#room.leave(this.#seat, this, 'lost').catch(() => undefined);
    for (const listener of this.#listeners) listener(message.type === 'seat.taken' ? 'taken' : 'lost');
  }
}
