import type { Id } from '#protocol/ids.ts';
import type { PairingNews } from '#protocol/notice.ts';
import type { LessonChanges } from '#protocol/term.ts';
import type { Db } from '../database/database.ts';
import { administratorsOf } from './administrators.ts';
import { hasSeen, NOW, tell, withdraw } from './tell.ts';

export const matterOfPairing = (pairingId: Id): string => `pairing ${pairingId}`;

export interface PairingTelling {
  by: Id;
  /** Null: nothing but who has to approve. */
  what: Exclude<PairingNews, 'waiting'> | null;
  reason?: string | null;
  lessons: LessonChanges;
}

/**
 * Tells the administrators of a pairing's sides what became of it, and those of a side that has not approved yet that it
 * waits for them; who waited and need not any more has the notice withdrawn. Last in the transaction of the change.
 */
export async function tellOfPairing(
  trx: Db,
  pairingId: Id,
  { by, what, reason = null, lessons }: PairingTelling,
): Promise<void> {
  const { state, master, remotes, subjects } = await factsOf(trx, pairingId);
  const sides = [master, ...remotes];
  const matter = matterOfPairing(pairingId);
  const administrators = await administratorsOf(
    trx,
    sides.map(({ organizationId }) => organizationId),
  );
  const of = (all: readonly Side[]) =>
    new Set(all.flatMap(({ organizationId }) => administrators.get(organizationId) ?? []));
  const waiting = state === 'pending' ? of(sides.filter(({ approvedAt }) => approvedAt === null)) : new Set();
  // That somebody has approved concerns who waits for the others; everything else all of them.
  const concerned = what === null ? new Set<Id>() : of(what === 'approved' ? [master] : sides);
  const body = {
    ...{ kind: 'pairing' as const, master: master.name, remotes: remotes.map(({ name }) => name), subjects },
    ...{ reason, made: lessons.made, removed: lessons.removed },
  };
  const everybody = of(sides);
  await withdraw(
    trx,
    matter,
    [...everybody].filter((id) => !waiting.has(id) && !concerned.has(id)),
  );
  const told = [...everybody].flatMap((accountId) => {
    // Who has been told that it waits for them is not told so again at each approval of another side.
    const news: PairingNews | null = waiting.has(accountId) ? (what === null ? 'waiting' : null) : what;
    if (accountId === by || news === null || !(waiting.has(accountId) || concerned.has(accountId))) return [];
    const part = 'administrator' as const;
    return [{ accountId, part, matter, by, pairingId, body: { ...body, what: news } }];
  });
  await hasSeen(trx, matter, by);
  await tell(trx, told);
}

/** It is gone: what nobody has read of it yet is of no use. */
export async function withdrawPairing(trx: Db, pairingId: Id): Promise<void> {
  await trx
    .updateTable('notice')
    .set({ withdrawn_at: NOW, stirred_at: NOW })
    .where('pairing_id', '=', pairingId)
    .where('read_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute();
}

interface Side {
  organizationId: Id;
  /** School and class. */
  name: string;
  approvedAt: Date | null;
}

async function factsOf(trx: Db, pairingId: Id) {
  const { state, ...master } = await trx
    .selectFrom('pairing')
    .innerJoin('organization', 'organization.id', 'pairing.organization_id')
    .innerJoin('class_group', 'class_group.id', 'pairing.master_class_group_id')
    .select([
      ...(['state', 'approved_at', 'pairing.organization_id'] as const),
      ...(['organization.name', 'class_group.name as class_name'] as const),
    ])
    .where('pairing.id', '=', pairingId)
    .executeTakeFirstOrThrow();
  const remotes = await trx
    .selectFrom('pairing_remote')
    .innerJoin('organization', 'organization.id', 'pairing_remote.organization_id')
    .innerJoin('class_group', 'class_group.id', 'pairing_remote.class_group_id')
    .select([
      ...(['approved_at', 'pairing_remote.organization_id'] as const),
      ...(['organization.name', 'class_group.name as class_name'] as const),
    ])
    .where('pairing_id', '=', pairingId)
    .orderBy('position')
    .execute();
  const courses = await trx
    .selectFrom('pairing_course')
    .innerJoin('course', 'course.id', 'pairing_course.course_id')
    .select('course.subject')
    .distinct()
    .where('pairing_id', '=', pairingId)
    .orderBy('course.subject')
    .execute();
  const side = (row: Omit<typeof master, 'state'>): Side => ({
    ...{ organizationId: row.organization_id, name: `${row.name} ${row.class_name}` },
    approvedAt: row.approved_at,
  });
  return {
    ...{ state, master: side(master), remotes: remotes.map(side) },
    subjects: courses.map(({ subject }) => subject),
  };
}
