import type { Account } from '#protocol/domain.ts';
import type { WatchProgress } from '#protocol/progress.ts';
import type { LibraryCard } from '#protocol/search.ts';
import type { ShelfItem } from '#protocol/shelf.ts';
import type { ProgressRepository } from '../notes/progress-repository.ts';

/** Puts beside each card how far the account has watched it: as a resource, or as its lesson's replay. */
export async function withProgress(
  progress: ProgressRepository,
  cards: readonly LibraryCard[],
  account: Account | null,
): Promise<ShelfItem[]> {
  const subjects = cards.flatMap(({ resourceId, lessonId, kind }) =>
    kind === 'replay' && lessonId ? [resourceId, lessonId] : [resourceId],
  );
  const known = account ? await progress.of(account.accountId, subjects) : new Map<string, WatchProgress>();
  return cards.map((card) => {
    const asLesson = card.kind === 'replay' && card.lessonId ? known.get(card.lessonId) : undefined;
    return { card, progress: further(known.get(card.resourceId), asLesson) };
  });
}

function further(one: WatchProgress | undefined, other: WatchProgress | undefined): WatchProgress | null {
  if (!one || !other) return one ?? other ?? null;
  return one.furthestMs >= other.furthestMs ? one : other;
}
