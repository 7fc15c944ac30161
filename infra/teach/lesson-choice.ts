import type { Account, Lesson } from '#protocol/domain.ts';
import type { PlatformClient } from './platform-client.ts';
import { TeachError } from './teach-error.ts';

export interface Wish {
  lessonId: string | null;
  /** Name or id of the account to teach as; null for whichever classroom is the lesson's master classroom. */
  account: string | null;
}

export interface Choice {
  lesson: Lesson;
  account: Account;
}

/**
 * Finds the lesson to teach and signs in as its master classroom: the lesson that was asked for, else today's
 * first one that is not over, else a fresh demo lesson.
 */
export async function chooseLesson(platform: PlatformClient, wish: Wish): Promise<Choice> {
  const accounts = await platform.demoAccounts();
  const able = accounts.filter(({ accountId, name, kind }) =>
    wish.account === null ? kind === 'classroom' : name === wish.account || accountId === wish.account,
  );
  if (able.length === 0) throw new TeachError('NO_ACCOUNT', wish.account ?? '');
  const found: Choice[] = [];
  for (const account of able) {
    await platform.signIn(account);
    const lessons = wish.lessonId ? [await platform.lesson(wish.lessonId)] : await platform.lessonsToday();
    for (const lesson of lessons) if (lesson?.role === 'presenter') found.push({ lesson, account });
  }
  const isOver = ({ lesson: { state } }: Choice) => state === 'ended' || state === 'ready';
  const [first] = found.filter((choice) => !isOver(choice)).sort(byUrgency);
  if (first) {
    await platform.signIn(first.account);
    return first;
  }
  if (wish.lessonId)
    throw new TeachError(found.length > 0 ? 'LESSON_OVER' : 'LESSON_NOT_FOUND', wish.lessonId);
  return await freshLesson(platform, found, able);
}

/** Every lesson of today is over: one more is planned, by an account that had one. */
async function freshLesson(platform: PlatformClient, over: Choice[], able: Account[]): Promise<Choice> {
  for (const account of [...over.map((choice) => choice.account), ...able]) {
    await platform.signIn(account);
    try {
      const lesson = await platform.planDemoLesson();
      if (lesson.role === 'presenter') return { lesson, account };
    } catch (error) {
      if (!(error instanceof TeachError) || error.code !== 'REFUSED') throw error;
    }
  }
  throw new TeachError('NO_LESSON');
}

/** What runs already comes first, then what is planned earliest. */
function byUrgency(a: Choice, b: Choice): number {
  const running = ({ lesson: { state } }: Choice) => (state === 'live' ? 0 : state === 'open' ? 1 : 2);
  return running(a) - running(b) || a.lesson.plannedStart - b.lesson.plannedStart;
}
