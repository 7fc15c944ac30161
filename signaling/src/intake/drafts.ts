import type { ResourceChange, ResourceRepository } from '../resource/resource-repository.ts';
import type { IntakeFields, IntakeRow } from './intake-repository.ts';

const TRIES = 3;

/** The draft of what a file becomes, called as the file was until its author calls it something. */
export async function draftOf(
  resources: ResourceRepository,
  row: IntakeRow,
  kind: 'film' | 'document' | 'image',
): Promise<string> {
  const { fields, name } = row;
  return await resources.create({
    organizationId: row.organizationId,
    kind,
    lessonId: null,
    authorId: row.accountId,
    title: fields.title ?? titleOf(name),
    description: fields.description ?? '',
    programme: null,
    durationMs: null,
    catalogue: fields.catalogue ?? {},
  });
}

/** A file's name as a title: without what tells its kind. */
export const titleOf = (name: string): string => name.replace(/\.[A-Za-z0-9]{1,5}$/, '') || name || '?';

/** Puts an author's words into a draft; one that is no draft any more keeps its own. */
export async function applyFields(
  resources: ResourceRepository,
  resourceId: string,
  { title, description, catalogue, licence }: IntakeFields,
  byAccountId: string,
): Promise<void> {
  const { knowledgePoints, ...places } = catalogue ?? {};
  const change: ResourceChange = {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(licence && { licence }),
    ...places,
    ...(knowledgePoints && { knowledge_points: JSON.stringify(knowledgePoints) }),
  };
  if (Object.keys(change).length === 0) return;
  for (let left = TRIES; ; left -= 1) {
    const now = await resources.find(resourceId);
    if (now?.state !== 'draft') return;
    try {
      await resources.change(resourceId, now.version, change, { byAccountId, what: 'catalogued' });
      return;
    } catch (error) {
      // Somebody changed it between the two lines: looked at again.
      if (left <= 1) throw error;
    }
  }
}
