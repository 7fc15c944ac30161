import { sql } from 'kysely';
import type { Clash, ClashDraft } from '#protocol/clashes.ts';
import type { Id } from '#protocol/ids.ts';
import type { Db } from '../database/database.ts';

/** Somebody or something that a draft needs, and in which of its places: null in all. */
export interface Party {
  kind: Clash['party'];
  id: Id;
  organizationId: Id;
  name: string;
  at: ReadonlySet<number> | null;
}

export type ClashReach = 'county' | 'own';
export type WantedParties = Map<Id, Pick<Party, 'kind'> & { at: Set<number> | null }>;

/** A person or room that stands in a draft twice, as a teacher of several slots, is one party. */
export function partyIdsOf(draft: ClashDraft): WantedParties {
  const found: WantedParties = new Map();
  const add = (kind: Clash['party'], id: Id | null, at: number | null = null) => {
    if (id === null) return;
    const known = found.get(id);
    if (at === null) found.set(id, { kind, at: null });
    else if (!known) found.set(id, { kind, at: new Set([at]) });
    else known.at?.add(at);
  };
  const { teacherId, masterClassroomId, masterClassGroupId, remotes } = draft.parties;
  add('classGroup', masterClassGroupId);
  add('classroom', masterClassroomId);
  for (const remote of remotes) {
    add('classGroup', remote.classGroupId);
    add('classroom', remote.classroomId);
    add('assistant', remote.assistantId);
  }
  if (draft.kind === 'lesson') add('teacher', teacherId);
  else draft.slots.forEach((slot, at) => void add('teacher', slot.teacherId ?? teacherId, at));
  return found;
}

/**
 * Who is wanted, as far as they belong to the county of `organizationId`, or to itself and what is below: of anybody else
 * nothing is told, not even whether they exist.
 */
export async function partiesOf(
  db: Db,
  wanted: WantedParties,
  organizationId: Id,
  within: ClashReach = 'county',
): Promise<Party[]> {
  if (wanted.size === 0) return [];
  const ids = sql.join([...wanted.keys()]);
  const { rows } = await sql<{ id: Id; organization_id: Id; name: string }>`
    with recursive above as (
      select id, parent_id from organization where id = ${organizationId}
      union select o.id, o.parent_id from organization o join above a on o.id = a.parent_id
    ), county as (
      select id from above where ${within === 'own' ? sql`id = ${organizationId}` : sql`parent_id is null`}
      union select o.id from organization o join county c on o.parent_id = c.id
    ), named as (
      select id, organization_id, name from account where id in (${ids})
      union all select id, organization_id, name from class_group where id in (${ids})
    ) select * from named where organization_id in (select id from county)`.execute(db);
  return rows.map(({ id, organization_id, name }) => ({
    ...wanted.get(id)!,
    ...{ id, organizationId: organization_id, name },
  }));
}
