import { sql } from 'kysely';
import type { z } from 'zod';
import type { Promotion, PromotionResult } from '#protocol/directory.ts';
import type { Account } from '#protocol/domain.ts';
import type { Actor } from '../audit/audit.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { LOCK_DIRECTORY, objectOf } from './change.ts';

type Step = PromotionResult[number];

/**
 * A new school year (升级): every class moves into the next grade of its stage, and one of the last grade leaves and is
 * archived. The same list moved `down` again is as it was.
 */
export async function promote(
  { db, office, audit }: OfficeParts,
  actor: Actor,
  account: Account,
  { classGroupIds, direction, dryRun }: z.output<typeof Promotion>,
): Promise<PromotionResult> {
  const groups = await db
    .selectFrom('class_group')
    .selectAll()
    .where('id', 'in', classGroupIds)
    .orderBy('name')
    .execute();
  const places = new Set(groups.map(({ organization_id }) => organization_id));
  if (groups.length !== new Set(classGroupIds).size) await office.mustMay(account, 'directory.edit', null);
  for (const place of places) await office.mustMay(account, 'directory.edit', place);
  const grades = await db
    .selectFrom('reference_item')
    .select(['name', 'stage'])
    .where('kind', '=', 'grade')
    .where('archived_at', 'is', null)
    .orderBy('position')
    .execute();
  const steps = groups.map((group): Step & { archived: boolean } => {
    const was = { classGroupId: group.id, name: group.name, grade: group.grade };
    const stays = {
      ...was,
      newName: group.name,
      newGrade: group.grade,
      fate: 'stays' as const,
      archived: group.archived_at !== null,
    };
    const at = grades.findIndex(({ name }) => name === group.grade);
    if (at < 0) return stays;
    if (direction === 'down' && group.archived_at !== null)
      return { ...stays, fate: 'graduates', archived: false };
    const next = grades[direction === 'up' ? at + 1 : at - 1];
    if (next?.stage !== grades[at]!.stage)
      return direction === 'up' ? { ...stays, fate: 'graduates', archived: true } : stays;
    return {
      ...stays,
      newName: group.name.replace(group.grade, next.name),
      newGrade: next.name,
      fate: 'moves',
    };
  });
  const result = steps.map(({ archived: _, ...step }) => step);
  if (dryRun) return result;
  await db.transaction().execute(async (trx) => {
    await sql.raw(LOCK_DIRECTORY).execute(trx);
    const now = new Date();
    for (const { classGroupId, newName, newGrade, fate, archived } of steps)
      if (fate !== 'stays')
        await trx
          .updateTable('class_group')
          .set({
            name: newName,
            grade: newGrade,
            archived_at: archived ? now : null,
            version: sql<number>`version + 1`,
          })
          .where('id', '=', classGroupId)
          .execute();
    for (const place of places)
      await audit.within(trx, actor, {
        action: 'directory.changed',
        organizationId: place,
        object: objectOf('organization', place),
        detail: { change: direction === 'up' ? 'promoted' : 'promotionUndone', classGroups: result },
      });
  });
  return result;
}
