import { z } from 'zod';
import { Id, WallMs } from './ids.ts';

/*
 * Sensitive words (敏感词), kept by a bureau for all lessons below it. Administrators of a bureau alone.
 *
 *   GET    /api/moderation/words?search=&offset=  WordPage      (newest first)
 *   POST   /api/moderation/words?class=&name=     text/plain, one word a line → WordImport
 *   DELETE /api/moderation/words                  RemoveWords → RemovedWords
 */

/** `block`: the message is refused. `hold`: it waits for the teacher's approval. */
export const WordClass = z.enum(['block', 'hold']);
export type WordClass = z.infer<typeof WordClass>;

export const MAX_WORD = 40;
export const MAX_WORDS = 200_000;
/** An import of 100,000 words is about a megabyte. */
export const MAX_IMPORT_BYTES = 8 * 1024 * 1024;
export const WORDS_A_PAGE = 50;
const MAX_REFUSED_TOLD = 100;

export const WordQuery = z.object({
  search: z.string().trim().max(MAX_WORD).default(''),
  offset: z.coerce.number().int().nonnegative().default(0),
});
export const ImportQuery = z.object({ class: WordClass });

export const ListedWord = z.object({ wordId: Id, word: z.string(), wordClass: WordClass, addedAt: WallMs });
export type ListedWord = z.infer<typeof ListedWord>;

export const WordPage = z.object({
  /** Rises with every change; running lessons follow within seconds. */
  version: z.number().int(),
  counts: z.record(WordClass, z.number().int()),
  /** How many the search finds. */
  found: z.number().int(),
  words: z.array(ListedWord),
});
export type WordPage = z.infer<typeof WordPage>;

/** Why a line was not taken: nothing to compare is left of it, it is too long, or the list is full. */
export const LineProblem = z.enum(['nothingLeft', 'tooLong', 'listFull']);
export type LineProblem = z.infer<typeof LineProblem>;

export const WordImport = z.object({
  /** Names this import, to take it back. */
  batchId: Id,
  added: z.number().int(),
  /** Known before, or twice in the text: the same word when compared. Its class is now the imported one. */
  known: z.number().int(),
  /** The first of the lines that were not taken; `line` counts from 1. */
  refused: z
    .array(z.object({ line: z.number().int(), text: z.string(), why: LineProblem }))
    .max(MAX_REFUSED_TOLD),
  refusedCount: z.number().int(),
});
export type WordImport = z.infer<typeof WordImport>;
export const REFUSED_TOLD = MAX_REFUSED_TOLD;

/** Words one by one, or all that one import added. */
export const RemoveWords = z.union([
  z.object({ wordIds: z.array(Id).min(1).max(500) }),
  z.object({ batchId: Id }),
]);
export type RemoveWords = z.infer<typeof RemoveWords>;
export const RemovedWords = z.object({ removed: z.number().int() });
