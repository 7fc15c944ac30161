import type { Account, Lesson } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { SfuReport } from '#protocol/sfu-node.ts';
import type { LessonMove } from '../lesson/lesson-life.ts';
import type { LessonRepository } from '../lesson/lesson-repository.ts';
import type { SfuConnection } from '../node/node-pool.ts';
import { Room, type RoomServices } from './room.ts';

/** A lesson whose planned end is this long past, with nobody in it, is ended by the server. */
const ABANDONED_MS = 30 * 60_000;
const SWEEP_MS = 60_000;

/** The rooms of all lessons that are not over. */
export class Rooms {
  readonly #services: RoomServices;
  readonly #lessons: LessonRepository;
  readonly #rooms = new Map<Id, Promise<Room>>();
  readonly #sweep: NodeJS.Timeout;

  /** Takes up every lesson that was running or not yet finalized when the last process ended. */
  static async create(services: RoomServices, lessons: LessonRepository): Promise<Rooms> {
    const rooms = new Rooms(services, lessons);
    rooms.#listen();
    for (const { lessonId } of await lessons.inStates(['open', 'live', 'ended'])) await rooms.get(lessonId);
    return rooms;
  }

  private constructor(services: RoomServices, lessons: LessonRepository) {
    this.#services = services;
    this.#lessons = lessons;
    this.#sweep = setInterval(() => void this.#endAbandoned(), SWEEP_MS);
  }

  /** The room of a lesson that exists. It is loaded once, however many ask at the same time. */
  get(lessonId: Id): Promise<Room> {
    const known = this.#rooms.get(lessonId);
    if (known) return known;
    const loading = Room.load(lessonId, this.#services);
    this.#rooms.set(lessonId, loading);
    loading.catch(() => this.#rooms.delete(lessonId));
    return loading;
  }

  /** Those in which somebody sits before the bell. */
  async waiting(): Promise<Room[]> {
    const all = await Promise.all([...this.#rooms.values()].map((room) => room.catch(() => null)));
    return all.filter(
      (room) => room !== null && !room.isEmpty && room.timeline.state.state === 'scheduled',
    ) as Room[];
  }

  /** By the server, at the bell. */
  async openByItself({ lessonId, mode }: Pick<Lesson, 'lessonId' | 'mode'>): Promise<void> {
    const room = await this.get(lessonId);
    await room.changeState('open', { mode, byAccountId: null });
  }

  async changeState({ lessonId, mode }: Lesson, to: LessonMove, account: Account): Promise<void> {
    const room = await this.get(lessonId);
    await room.changeState(to, { mode, byAccountId: account.accountId });
    if (room.timeline.state.state === 'ready') this.#forget(room);
  }

  #forget(room: Room): void {
    room.close();
    this.#rooms.delete(room.lessonId);
  }

  #listen(): void {
    const { sfus, recorders } = this.#services.nodes;
    sfus.on('reported', (sfu, report) => void this.#sfuReported(sfu, report));
    sfus.on('gone', (sfu) => void this.#everyRoom((room) => room.media.nodeGone(sfu)));
    sfus.on('said', (sfu, event) => {
      const room = this.#rooms.get(event.roomId);
      void room?.then((found) => {
        if (found.media.isCarriedBy(sfu)) found.nodes.sfuSaid(event);
      });
    });
    recorders.on('reported', (recorder, report) => {
      void this.#everyRoom((room) => {
        room.recording.recorderReported(recorder, report);
        if (room.timeline.state.state === 'ended') void this.#finish(room);
      });
    });
    recorders.on('gone', (recorder) => void this.#everyRoom((room) => room.recording.recorderGone(recorder)));
    recorders.on('said', (_recorder, event) => {
      void this.#rooms
        .get(event.lessonId)
        ?.then((room) => room.recording.said(event))
        .catch((error: unknown) => this.#services.logger.error({ err: error }, 'a recorder event was lost'));
    });
  }

  async #sfuReported(sfu: SfuConnection, report: SfuReport): Promise<void> {
    const scheduled = new Set((await this.#lessons.inStates(['scheduled'])).map(({ lessonId }) => lessonId));
    for (const { roomId } of report.rooms) if (scheduled.has(roomId)) await this.get(roomId);
    await this.#everyRoom((room) => {
      room.media.nodeReported(
        sfu,
        report.rooms.find(({ roomId }) => roomId === room.lessonId),
      );
    });
    // A node may still carry rooms whose lessons ended while its line was cut.
    for (const { roomId } of report.rooms) {
      const room = await this.#rooms.get(roomId);
      if (room?.media.isCarriedBy(sfu)) continue;
      this.#services.logger.info({ roomId }, 'closing a room that no lesson claims on this node');
      await sfu.command({ type: 'room.close', roomId }).catch(() => undefined);
    }
  }

  async #finish(room: Room): Promise<void> {
    try {
      if (await room.finish()) this.#forget(room);
    } catch (error) {
      this.#services.logger.error(
        { err: AppError.from(error), lessonId: room.lessonId },
        'finalizing failed',
      );
    }
  }

  async #everyRoom(visit: (room: Room) => void): Promise<void> {
    for (const loading of [...this.#rooms.values()]) {
      const room = await loading.catch(() => null);
      if (!room) continue;
      try {
        visit(room);
      } catch (error) {
        this.#services.logger.error(
          { err: error, lessonId: room.lessonId },
          'one room failed; the others go on',
        );
      }
    }
  }

  async #endAbandoned(): Promise<void> {
    for (const { lessonId, mode, plannedEnd } of await this.#lessons.inStates(['live'])) {
      if (Date.now() < plannedEnd.getTime() + ABANDONED_MS) continue;
      const room = await this.get(lessonId);
      if (!room.isEmpty) continue;
      const end = { mode, byAccountId: null, reason: 'abandoned' } as const;
      await room.changeState('ended', end).catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#sweep);
    await this.#everyRoom((room) => room.close());
  }
}
