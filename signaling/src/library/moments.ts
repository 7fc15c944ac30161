import { sql, type Transaction } from 'kysely';
import { applyBoard, type BoardState, NO_BOARD, pageShown } from '#protocol/board.ts';
import type { Cue } from '#protocol/caption.ts';
import { chaptersOf } from '#protocol/chapters.ts';
import { type Programme, toProgramme } from '#protocol/programme.ts';
import type { HitMoment } from '#protocol/search.ts';
import type { TimelineEvent } from '#protocol/timeline.ts';
import type { Database } from '../database/schema.ts';
import { handedIn } from '../notes/handed-in.ts';

/** As much of a page's text is kept to be searched and shown. */
export const MAX_PAGE_TEXT = 2_000;
const MAX_MOMENTS = 5_000;

interface Subject {
  resourceId: string;
  programme: Programme | null;
}

/** What the resources of one batch are looked through for; read for all of them at once. */
export class Moments {
  readonly #captions: readonly CaptionRow[];
  readonly #asOf: ReadonlyMap<string, Date>;
  readonly #pages: ReadonlyMap<string, readonly string[]>;
  readonly #shown: ReadonlyMap<string, readonly HitMoment[]>;

  static async read(trx: Transaction<Database>, subjects: readonly Subject[]): Promise<Moments> {
    const ids = subjects.map(({ resourceId }) => resourceId);
    const clips = subjects.flatMap(({ programme }) => programme?.clips ?? []);
    const lessonIds = [...new Set(clips.map(({ lessonId }) => lessonId))];
    const shown = new Map<string, readonly HitMoment[]>();
    for (const lessonId of lessonIds) shown.set(lessonId, await shownIn(trx, lessonId));
    const asOf = await handedIn(trx, ids);
    return new Moments(await captionsOf(trx, [...ids, ...lessonIds]), asOf, await pagesOf(trx, ids), shown);
  }

  private constructor(
    captions: readonly CaptionRow[],
    asOf: ReadonlyMap<string, Date>,
    pages: ReadonlyMap<string, readonly string[]>,
    shown: ReadonlyMap<string, readonly HitMoment[]>,
  ) {
    this.#captions = captions;
    this.#asOf = asOf;
    this.#pages = pages;
    this.#shown = shown;
  }

  /** The places of a resource that a search can jump to: what is said, asked and shown in it, in its own time. */
  of({ resourceId, programme }: Subject): HitMoment[] {
    const asOf = this.#asOf.get(resourceId) ?? null;
    const found = this.#said(resourceId, asOf);
    const clips = new Map(
      (programme?.clips ?? []).map(({ lessonId, recordingId }) => [lessonId, recordingId]),
    );
    for (const [lessonId, recordingId] of clips) {
      const inLesson = [...this.#said(lessonId, asOf), ...(this.#shown.get(lessonId) ?? [])];
      for (const moment of inLesson) {
        const atMs = toProgramme(programme!, recordingId, moment.atMs ?? 0);
        // What was cut out is in it no more.
        if (atMs !== null) found.push({ ...moment, atMs });
      }
    }
    for (const [index, text] of (this.#pages.get(resourceId) ?? []).entries())
      if (text)
        found.push({ source: 'page', atMs: null, page: index + 1, text: text.slice(0, MAX_PAGE_TEXT) });
    return found.slice(0, MAX_MOMENTS);
  }

  /** What a resource's or a lesson's captions say, in every language; as they were when it was handed in. */
  #said(subjectId: string, asOf: Date | null): HitMoment[] {
    const newest = new Map<string, CaptionRow>();
    for (const row of this.#captions)
      if (row.subject_id === subjectId && (!asOf || row.saved_at <= asOf)) newest.set(row.id, row);
    return [...newest.values()]
      .flatMap(({ cues }) => cues)
      .map(({ startMs, text }) => ({
        source: 'caption',
        atMs: startMs,
        page: null,
        text: text.replace(/<\/?[bi]>/g, ''),
      }));
  }
}

interface CaptionRow {
  id: string;
  subject_id: string;
  saved_at: Date;
  cues: Cue[];
}

/** Every version that is kept, the oldest first: a resource shows the one that was reviewed with it. */
async function captionsOf(trx: Transaction<Database>, subjectIds: readonly string[]): Promise<CaptionRow[]> {
  return await trx
    .selectFrom('caption')
    .innerJoin('caption_version', 'caption_version.caption_id', 'caption.id')
    .select(['caption.id', 'caption.subject_id', 'caption_version.saved_at', 'caption_version.cues'])
    .where('caption.subject_id', 'in', subjectIds)
    .where('caption.removed_at', 'is', null)
    .orderBy('caption_version.version')
    .execute();
}

/** Chapters by name, and the text of courseware pages at the moment each was first shown. */
async function shownIn(trx: Transaction<Database>, lessonId: string): Promise<HitMoment[]> {
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
    if (!name || named.has(name)) continue;
    named.add(name);
    moments.push({ source: 'chapter', atMs: fromMs, page: null, text: name });
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
    if (text) moments.push({ source: 'page', atMs, page, text: text.slice(0, MAX_PAGE_TEXT) });
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

async function pagesOf(
  trx: Transaction<Database>,
  resourceIds: readonly string[],
): Promise<Map<string, readonly string[]>> {
  const rows = await trx
    .selectFrom('page_text')
    .select(['resource_id', 'pages'])
    .where('resource_id', 'in', resourceIds)
    .execute();
  return new Map(rows.map(({ resource_id, pages }) => [resource_id!, pages]));
}
