import { derivedId } from '#platform/ids.ts';
import type { CheckReply, CheckRequest } from '#protocol/check-socket.ts';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { IceServer } from '#protocol/media.ts';
import type { LessonRepository } from '../lesson/lesson-repository.ts';
import { mustMay } from '../lesson/must-may.ts';
import type { SfuConnection } from '../node/node-pool.ts';
import type { NodePools } from '../node/nodes-namespace.ts';
import type { Room } from '../room/room.ts';
import type { Rooms } from '../room/rooms.ts';
import { Probe } from './probe.ts';

/** Each sends as much as a lesson's camera: enough for a county's schools before first period, no more. */
const MAX_PROBES = 60;

export interface CheckServices {
  lessons: LessonRepository;
  rooms: Rooms;
  nodes: NodePools;
  iceServersFor(id: Id): IceServer[];
}

/** The probes that run now: at most one an account. */
export class Checks {
  readonly #services: CheckServices;
  readonly #probes = new Map<Id, Probe>();
  /** Asked of a node and not yet answered. */
  #opening = 0;

  constructor(services: CheckServices) {
    this.#services = services;
  }

  async open(
    account: Account,
    lessonId: Id | null,
  ): Promise<{ probe: Probe; answer: CheckReply<'probe.open'> }> {
    const sfu = await this.#nodeFor(account, lessonId);
    await this.#probes.get(account.accountId)?.close();
    if (this.#probes.size + this.#opening >= MAX_PROBES)
      throw new AppError('TOO_MANY_REQUESTS', 'too many checks at once');
    this.#opening += 1;
    const probe: Probe = await Probe.open(sfu, () => this.#forget(account, probe)).finally(() => {
      this.#opening -= 1;
    });
    // Another page of the account may have opened one meanwhile: the last one stays.
    const overtaken = this.#probes.get(account.accountId);
    this.#probes.set(account.accountId, probe);
    await overtaken?.close();
    const iceServers = this.#services.iceServersFor(derivedId('probe', account.accountId));
    return { probe, answer: { routerRtpCapabilities: probe.routerRtpCapabilities, iceServers } };
  }

  async report(
    account: Account,
    { lessonId, items }: Extract<CheckRequest, { type: 'check.report' }>,
  ): Promise<void> {
    const room = await this.#roomOf(account, lessonId);
    await room.checked(account.accountId, items);
  }

  /** The node that carries the lesson already, or the one that would. */
  async #nodeFor(account: Account, lessonId: Id | null): Promise<SfuConnection> {
    if (lessonId !== null) {
      const { media } = await this.#roomOf(account, lessonId);
      if (media.isUp) return media.sfu;
    }
    const sfu = this.#services.nodes.sfus.pick();
    if (!sfu) throw new AppError('NO_MEDIA_NODE', 'no media node is connected');
    return sfu;
  }

  async #roomOf(account: Account, lessonId: Id): Promise<Room> {
    const lesson = await this.#services.lessons.find(lessonId, account);
    if (!lesson) throw new AppError('NOT_FOUND', 'no such lesson');
    mustMay(lesson, 'lesson.check');
    if (lesson.state === 'ended' || lesson.state === 'ready')
      throw new AppError('WRONG_STATE', 'the lesson is over');
    return await this.#services.rooms.get(lessonId);
  }

  #forget({ accountId }: Account, probe: Probe): void {
    if (this.#probes.get(accountId) === probe) this.#probes.delete(accountId);
  }
}
