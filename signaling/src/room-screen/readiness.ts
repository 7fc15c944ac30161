import type { Account, Lesson } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import type { LiveState } from '#protocol/live-state.ts';
import type { CheckResult, Light } from '#protocol/quality.ts';
import type { LessonReadiness, RoomReadiness } from '#protocol/room-screen.ts';
import type { LessonRepository } from '../lesson/lesson-repository.ts';
import type { Presences } from './presences.ts';

export interface ReadinessParts {
  lessons: LessonRepository;
  presences: Presences;
  /** What is true in a lesson now; null while its room has not been needed yet. */
  liveOf(lessonId: Id): Promise<LiveState | null>;
}

/** Whether the rooms of a lesson are there and well, before the bell and after it. */
export class Readiness {
  readonly #parts: ReadinessParts;

  constructor(parts: ReadinessParts) {
    this.#parts = parts;
  }

  /** Of those of the lessons that `account` may see. */
  async ofLessons(lessonIds: readonly Id[], account: Account): Promise<LessonReadiness[]> {
    const answers: LessonReadiness[] = [];
    for (const lessonId of new Set(lessonIds)) {
      const lesson = await this.#parts.lessons.find(lessonId, account);
      if (lesson) answers.push({ lessonId, rooms: await this.ofLesson(lesson) });
    }
    return answers;
  }

  /** The rooms of a lesson, the master classroom first. */
  async ofLesson(lesson: Lesson): Promise<RoomReadiness[]> {
    const { presences, liveOf } = this.#parts;
    const live = await liveOf(lesson.lessonId);
    const inside = new Set(
      [...(live?.participants.values() ?? [])]
        .filter(({ state }) => state === 'here')
        .map(({ accountId }) => accountId),
    );
    return [lesson.masterClassroom, ...lesson.remoteClassrooms].map((room, index): RoomReadiness => {
      const { accountId, name, organizationName, classGroupName, period } = room;
      const isMaster = index === 0;
      const isIn =
        inside.has(accountId) ||
        // The teacher may teach from a machine of her own: the master classroom is where she is.
        (isMaster && [...(live?.participants.values() ?? [])].some(isTeaching));
      return {
        ...{ accountId, name, organizationName, classGroupName, period, isMaster },
        presence: isIn ? 'inLesson' : presences.isHere(accountId) ? 'ready' : 'away',
        light: lightOf(live?.quality.checks.get(accountId)?.items),
      };
    });
  }
}

const isTeaching = ({ role, state }: { role: string; state: string }) =>
  role === 'presenter' && state === 'here';

const WORST: readonly Light[] = ['red', 'amber', 'green'];

function lightOf(items: readonly CheckResult[] | undefined): Light | null {
  return WORST.find((light) => items?.some((item) => item.light === light)) ?? null;
}
