import { sql } from 'kysely';
import type { Id } from '#protocol/ids.ts';
import type { CheckResult, Light } from '#protocol/quality.ts';
import type { EventBody } from '#protocol/timeline.ts';
import type { Db } from '../database/database.ts';

/** What a lesson's timeline says of its rooms at this moment. */
export interface Inside {
  /** Accounts that are in it. */
  here: ReadonlySet<Id>;
  /** Accounts that were in it and whose line was lost: nobody took them out. */
  lost: ReadonlySet<Id>;
  /** A presenter is in it, from whatever machine. */
  taught: boolean;
  /** What each account's last check came to. */
  lights: ReadonlyMap<Id, Light>;
}

const NOBODY: Inside = { here: new Set(), lost: new Set(), taught: false, lights: new Map() };

type Body<T extends EventBody['type']> = Extract<EventBody, { type: T }>;
type Told =
  | Body<'lesson.ended'>
  | Body<'participant.joined'>
  | Body<'participant.away'>
  | Body<'participant.back'>
  | Body<'participant.left'>
  | Body<'check.finished'>;

/**
 * Read from the database and not from a room in this process's memory, which knows nothing of lessons that another
 * process carries. Two queries however many lessons, each on an index of the few events it needs.
 */
export async function whoIsInside(db: Db, lessonIds: readonly Id[]): Promise<(lessonId: Id) => Inside> {
  if (lessonIds.length === 0) return () => NOBODY;
  const events = (types: readonly Told['type'][]) =>
    sql<{ lesson_id: Id; body: Told }>`
      select lesson_id, body from timeline_event
      where lesson_id = any(${sql.val([...lessonIds])}::text[])
        and type in (${sql.raw(types.map((type) => `'${type}'`).join(', '))})
      order by lesson_id, seq`.execute(db);
  const came = await events([
    'lesson.ended',
    'participant.joined',
    'participant.away',
    'participant.back',
    'participant.left',
  ]);
  const checked = await events(['check.finished']);
  const told = Map.groupBy([...came.rows, ...checked.rows], ({ lesson_id }) => lesson_id);
  const inside = new Map(
    [...told].map(([lessonId, rows]) => [lessonId, insideOf(rows.map(({ body }) => body))]),
  );
  return (lessonId) => inside.get(lessonId) ?? NOBODY;
}

type Standing = 'here' | 'away' | 'lost' | 'left';

function insideOf(told: readonly Told[]): Inside {
  const people = new Map<Id, { accountId: Id; presents: boolean; standing: Standing }>();
  const lights = new Map<Id, Light>();
  const stand = (participantId: Id, standing: Standing) => {
    const person = people.get(participantId);
    if (person) person.standing = standing;
  };
  for (const body of told) {
    switch (body.type) {
      case 'lesson.ended':
        people.clear();
        break;
      case 'participant.joined': {
        const { participantId, accountId, role } = body.participant;
        people.set(participantId, { accountId, presents: role === 'presenter', standing: 'here' });
        break;
      }
      case 'participant.back':
        stand(body.participantId, 'here');
        break;
      case 'participant.away':
        stand(body.participantId, 'away');
        break;
      case 'participant.left':
        stand(body.participantId, body.reason === 'lost' ? 'lost' : 'left');
        break;
      case 'check.finished': {
        const light = lightOf(body.items);
        if (light) lights.set(body.accountId, light);
        break;
      }
    }
  }
  const all = [...people.values()];
  const accounts = (wanted: Standing) =>
    new Set(all.filter(({ standing }) => standing === wanted).map(({ accountId }) => accountId));
  const taught = all.some(({ presents, standing }) => presents && standing === 'here');
  return { here: accounts('here'), lost: accounts('lost'), taught, lights };
}

const WORST: readonly Light[] = ['red', 'amber', 'green'];

function lightOf(items: readonly CheckResult[]): Light | null {
  return WORST.find((light) => items.some((item) => item.light === light)) ?? null;
}
