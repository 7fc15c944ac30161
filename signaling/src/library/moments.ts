import { sql, type Transaction } from 'kysely';
import { applyBoard, type BoardState, NO_BOARD, pageShown } from '#protocol/board.ts';
import { chaptersOf } from '#protocol/chapters.ts';
import { type Programme, toProgramme } from '#protocol/programme.ts';
import type { HitMoment } from '#protocol/search.ts';
import type { TimelineEvent } from '#protocol/timeline.ts';
import type { Database } from '../database/schema.ts';

/** As much of a page's text is kept to be searched and shown. */
export const MAX_PAGE_TEXT = 2_000;
const MAX_MOMENTS = 5_000;

interface Subject {
  resourceId: string;
  lessonId: string | null;
  programme: Programme | null;
}

/** The places of a resource that a search can jump to: what is said, asked and shown in it, in its own time. */
export async function momentsOf(
  trx: Transaction<Database>,
  { resourceId, programme }: Subject,
): Promise<HitMoment[]> {
  const found: HitMoment[] = [...(await captionsOf(trx, 'resource_id', resourceId, (ms) => ms))];
  const clips = new Map((programme?.clips ?? []).map(({ lessonId, recordingId }) => [lessonId, recordingId]));
  for (const [lessonId, recordingId] of clips) {
    const place = (lessonMs: number) => toProgramme(programme!, recordingId, lessonMs);
    found.push(...(await captionsOf(trx, 'lesson_id', lessonId, place)));
    found.push(...(await shownIn(trx, lessonId, place)));
  }
  if (!programme) found.push(...(await pagesOf(trx, resourceId)));
  return found.slice(0, MAX_MOMENTS);
}

type Place = (ownMs: number) => number | null;

async function captionsOf(
  trx: Transaction<Database>,
  column: 'lesson_id' | 'resource_id',
  id: string,
  place: Place,
): Promise<HitMoment[]> {
  const rows = await trx
    .selectFrom('caption')
    .innerJoin('caption_version', (join) =>
      join
        .onRef('caption_version.caption_id', '=', 'caption.id')
        .onRef('caption_version.version', '=', 'caption.version'),
    )
    .select('caption_version.cues')
    .where(`caption.${column}`, '=', id)
    .where('caption.removed_at', 'is', null)
    .execute();
  return rows.flatMap(({ cues }) =>
    cues.flatMap(({ startMs, text }) => {
      const atMs = place(startMs);
      const plain = text.replace(/<\/?[bi]>/g, '');
      return atMs === null ? [] : [{ source: 'caption' as const, atMs, page: null, text: plain }];
    }),
  );
}

/** Chapters by name, and the text of courseware pages at the moment each was first shown. */
async function shownIn(trx: Transaction<Database>, lessonId: string, place: Place): Promise<HitMoment[]> {
  const rows = await trx
    .selectFrom('timeline_event')
    .select(['seq', 'at', 'media_ms', 'body'])
    .where('lesson_id', '=', lessonId)
    .where((eb) =>
      eb.or([
        eb('type', 'in', ['question.posed', 'lesson.ended']),
        sql<boolean>`type ~ '^(board\\.(shown|turned|page)|document\\.)'`,
      ]),
    )
    .orderBy('seq')
    .execute();
  const events = rows.map(
    ({ seq, at, media_ms, body }): TimelineEvent => ({ seq, at: at.getTime(), mediaMs: media_ms, body }),
  );
  const moments: HitMoment[] = [];
  const named = new Set<string>();
  for (const { fromMs, name } of chaptersOf(events)) {
    const atMs = place(fromMs);
    if (!name || named.has(name) || atMs === null) continue;
    named.add(name);
    moments.push({ source: 'chapter', atMs, page: null, text: name });
  }
  const texts = await trx
    .selectFrom('page_text')
    .innerJoin('courseware_document', 'courseware_document.id', 'page_text.document_id')
    .select(['courseware_document.id', 'page_text.pages'])
    .where('courseware_document.lesson_id', '=', lessonId)
    .execute();
  if (texts.length === 0) return moments;
  const pages = new Map(texts.map(({ id, pages }) => [id, pages]));
  for (const { documentId, page, atMs } of firstShown(events)) {
    const text = pages.get(documentId)?.[page - 1];
    const at = place(atMs);
    if (text && at !== null)
      moments.push({ source: 'page', atMs: at, page, text: text.slice(0, MAX_PAGE_TEXT) });
  }
  return moments;
}

/** When each page of a document was first seen by the class. */
function firstShown(events: readonly TimelineEvent[]): { documentId: string; page: number; atMs: number }[] {
  const found: { documentId: string; page: number; atMs: number }[] = [];
  const seen = new Set<string>();
  let board: BoardState = NO_BOARD;
  let now = 0;
  for (const event of events) {
    now = Math.max(now, event.mediaMs ?? 0);
    board = applyBoard(board, event);
    const source = board.shown ? pageShown(board)?.source : null;
    if (source?.kind !== 'pdf') continue;
    const { documentId, page } = source;
    const key = `${documentId} ${page}`;
    if (seen.has(key)) continue;
    seen.add(key);
    found.push({ documentId, page, atMs: now });
  }
  return found;
}

async function pagesOf(trx: Transaction<Database>, resourceId: string): Promise<HitMoment[]> {
  const row = await trx
    .selectFrom('page_text')
    .select('pages')
    .where('resource_id', '=', resourceId)
    .executeTakeFirst();
  return (row?.pages ?? []).flatMap((text, index) =>
    text
      ? [{ source: 'page' as const, atMs: null, page: index + 1, text: text.slice(0, MAX_PAGE_TEXT) }]
      : [],
  );
}
