import { z } from 'zod';
import { Id } from '#protocol/ids.ts';

const Person = z.object({ accountId: Id, name: z.string(), login: z.string().nullable() });

/** Who and what the guide has put together, as far as somebody has to hand it out. */
export const Outcome = z.object({
  pairingId: Id,
  lessonsAhead: z.number(),
  subject: z.string(),
  teacher: Person,
  assistant: Person.nullable(),
  rooms: z.array(z.object({ classroomId: Id, name: z.string() })),
});
export type Outcome = z.infer<typeof Outcome>;

const KEY = 'guide.outcome';

/** What was made stays in sight of this tab: the links and codes are handed out one by one, on other pages, too. */
export function keepOutcome(by: Id, outcome: Outcome): void {
  sessionStorage.setItem(KEY, JSON.stringify({ by, outcome }));
}

/** What `by` made in this tab; another person who signs in here has made nothing yet. */
export function keptOutcome(by: Id): Outcome | null {
  try {
    const kept = z
      .object({ by: Id, outcome: Outcome })
      .parse(JSON.parse(sessionStorage.getItem(KEY) ?? '{}'));
    return kept.by === by ? kept.outcome : null;
  } catch {
    return null;
  }
}

export const forgetOutcome = (): void => sessionStorage.removeItem(KEY);
