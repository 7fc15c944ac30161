import type { Resource } from '#protocol/resource.ts';
import type { Db } from '../database/database.ts';

/** A resource without the eyes of an account: no `may`. */
export type ResourceRow = Omit<Resource, 'may'>;

/** The query that every reading of resources begins with; {@link toResource} reads its rows. Not what is in the bin. */
export function resourceRows(db: Db) {
  return db
    .selectFrom('resource')
    .innerJoin('organization', 'organization.id', 'resource.organization_id')
    .innerJoin('account as author', 'author.id', 'resource.author_id')
    .where('resource.binned_at', 'is', null)
    .selectAll('resource')
    .select(['organization.name as organization_name', 'author.name as author_name']);
}

export function toResource(
  row: Awaited<ReturnType<ReturnType<typeof resourceRows>['execute']>>[number],
): ResourceRow {
  const { stage, grade, subject, edition, volume, chapter, section } = row;
  return {
    resourceId: row.id,
    organizationId: row.organization_id,
    organizationName: row.organization_name,
    kind: row.kind,
    lessonId: row.lesson_id,
    authorId: row.author_id,
    authorName: row.author_name,
    title: row.title,
    description: row.description,
    state: row.state,
    version: row.version,
    catalogue: {
      stage,
      grade,
      subject,
      edition,
      volume,
      chapter,
      section,
      knowledgePoints: row.knowledge_points,
    },
    licence: row.licence,
    reach: row.reach,
    startsAt: row.starts_at?.getTime() ?? null,
    endsAt: row.ends_at?.getTime() ?? null,
    programme: row.programme,
    durationMs: row.duration_ms,
    plays: row.plays,
    createdAt: row.created_at.getTime(),
    publishedAt: row.published_at?.getTime() ?? null,
  };
}
