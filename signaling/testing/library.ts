import type { Account } from '#protocol/domain.ts';
import type { Catalogue, Reach, ResourceState } from '#protocol/resource.ts';
import type { SearchQuery } from '#protocol/search.ts';
import { SearchQuery as Query } from '#protocol/search.ts';
import type { Db } from '../src/database/database.ts';
import { ResourceRepository } from '../src/resource/resource-repository.ts';

export interface Published extends Partial<Catalogue> {
  title: string;
  description?: string;
  author: Account;
  reach?: Reach;
  state?: ResourceState;
  lessonId?: string | null;
}

/** A resource that has been through its review, or is in the state that is asked for. */
export async function publishFor(db: Db, made: Published): Promise<string> {
  const { title, description = '', author, reach = 'public', state = 'published', lessonId = null } = made;
  const resources = new ResourceRepository(db);
  const resourceId = await resources.create({
    organizationId: author.organizationId,
    kind: 'document',
    lessonId,
    authorId: author.accountId,
    title,
    description,
    programme: null,
    durationMs: null,
    catalogue: made,
  });
  const publishedAt = state === 'published' ? new Date() : null;
  const by = { byAccountId: null, what: state };
  await resources.change(resourceId, 1, { state, reach, published_at: publishedAt }, by);
  return resourceId;
}

export const asking = (q: string, more: Partial<SearchQuery> = {}): SearchQuery =>
  Query.parse({ q, ...more });
