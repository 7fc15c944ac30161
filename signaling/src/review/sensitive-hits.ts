import { allShown, PUBLIC } from '#protocol/audience.ts';
import { toProgramme } from '#protocol/programme.ts';
import { type Hit, MAX_HITS } from '#protocol/review.ts';
import type { TimelineEvent } from '#protocol/timeline.ts';
import type { Db } from '../database/database.ts';
import type { WordLists } from '../moderation/word-lists.ts';
import type { ResourceRow } from '../resource/resource-rows.ts';
import type { TimelineStore } from '../timeline/timeline-store.ts';

interface Written {
  where: Hit['where'];
  text: string;
  atMs: number | null;
}

/** Finds the bureaus' sensitive words in everything written that a resource shows, with the second. */
export class SensitiveHits {
  readonly #db: Db;
  readonly #timelines: TimelineStore;
  readonly #wordLists: WordLists;

  constructor(db: Db, timelines: TimelineStore, wordLists: WordLists) {
    this.#db = db;
    this.#timelines = timelines;
    this.#wordLists = wordLists;
  }

  /** In order of place and time; the first {@link MAX_HITS}. */
  async of(resource: ResourceRow): Promise<Hit[]> {
    const wordsIn = await this.#wordLists.finderFor(resource.organizationId);
    const hits: Hit[] = [];
    for (const { where, text, atMs } of await this.#writtenIn(resource))
      for (const [word, wordClass] of wordsIn(text)) hits.push({ where, word, wordClass, text, atMs });
    return hits.slice(0, MAX_HITS);
  }

  async #writtenIn({ resourceId, title, description, programme, state }: ResourceRow): Promise<Written[]> {
    // Viewers see the captions as they were when it was handed in (`notes/captions.ts`); so does who reviews them.
    const asOf = state === 'draft' ? null : await this.#submittedAt(resourceId);
    const said: Written[] = [];
    const captions: Written[] = [];
    for (const lessonId of new Set(programme?.clips.map((clip) => clip.lessonId))) {
      const recordingId = programme!.clips.find((clip) => clip.lessonId === lessonId)!.recordingId;
      const place = (ms: number) => toProgramme(programme!, recordingId, ms);
      said.push(...saidIn(await this.#timelines.read(lessonId), place));
      captions.push(...(await this.#captionsOf(lessonId, asOf, place)));
    }
    captions.push(...(await this.#captionsOf(resourceId, asOf, (ms) => ms)));
    const clipTitles = programme?.clips.flatMap((clip) => clip.title ?? []) ?? [];
    const inOrder = (a: Written, b: Written) => (a.atMs ?? 0) - (b.atMs ?? 0);
    return [
      ...[title, ...clipTitles].map((text) => ({ where: 'title' as const, text, atMs: null })),
      { where: 'description', text: description, atMs: null },
      ...said.sort(inOrder),
      ...captions.sort(inOrder),
    ];
  }

  async #submittedAt(resourceId: string): Promise<Date | null> {
    const row = await this.#db
      .selectFrom('resource_version')
      .select((eb) => eb.fn.max('at').as('at'))
      .where('resource_id', '=', resourceId)
      .where('state', '=', 'submitted')
      .executeTakeFirst();
    return row?.at ? new Date(row.at) : null;
  }

  async #captionsOf(
    subjectId: string,
    asOf: Date | null,
    place: (ms: number) => number | null,
  ): Promise<Written[]> {
    const rows = await this.#db
      .selectFrom('caption')
      .innerJoin('caption_version', 'caption_version.caption_id', 'caption.id')
      .distinctOn('caption.id')
      .select('caption_version.cues')
      .where('caption.subject_id', '=', subjectId)
      .where('caption.removed_at', 'is', null)
      .$if(asOf !== null, (query) => query.where('caption_version.saved_at', '<=', asOf!))
      .orderBy('caption.id')
      .orderBy('caption_version.version', 'desc')
      .execute();
    return rows.flatMap(({ cues }) =>
      cues.flatMap(({ startMs, endMs, text }) => {
        // One that begins in what was cut out is still read at its end.
        const atMs = place(startMs) ?? place(endMs - 1);
        return atMs === null ? [] : [{ where: 'caption' as const, text, atMs }];
      }),
    );
  }
}

/** What every viewer reads of a lesson's chat and questions, where the programme still shows that moment. */
export function saidIn(events: readonly TimelineEvent[], place: (ms: number) => number | null): Written[] {
  return allShown(events, PUBLIC).flatMap(({ body, mediaMs }): Written[] => {
    const texts = textsOf(body);
    if (texts.length === 0 || mediaMs === null) return [];
    const atMs = place(mediaMs);
    if (atMs === null) return [];
    const where = body.type === 'message.sent' ? 'chat' : 'question';
    return texts.map((text) => ({ where, text, atMs }));
  });
}

function textsOf(body: TimelineEvent['body']): string[] {
  if (body.type === 'message.sent') return body.text === '' ? [] : [body.text];
  if (body.type !== 'question.posed') return [];
  const { question } = body;
  return [question.text, ...(question.kind === 'choice' ? question.options : [])].filter(Boolean);
}
