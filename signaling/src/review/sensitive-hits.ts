import { allShown, PUBLIC } from '#protocol/audience.ts';
import { toProgramme } from '#protocol/programme.ts';
import { type Hit, MAX_HITS } from '#protocol/review.ts';
import type { TimelineEvent } from '#protocol/timeline.ts';
import type { Db } from '../database/database.ts';
import type { WordLists } from '../moderation/word-lists.ts';
import type { ResourceRow } from '../resource/resource-repository.ts';
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

  async #writtenIn({ resourceId, title, description, programme }: ResourceRow): Promise<Written[]> {
    const said: Written[] = [];
    const captions: Written[] = [];
    for (const lessonId of new Set(programme?.clips.map((clip) => clip.lessonId))) {
      const recordingId = programme!.clips.find((clip) => clip.lessonId === lessonId)!.recordingId;
      const place = (ms: number) => toProgramme(programme!, recordingId, ms);
      said.push(...saidIn(await this.#timelines.read(lessonId), place));
      captions.push(...(await this.#captionsOf(lessonId, place)));
    }
    captions.push(...(await this.#captionsOf(resourceId, (ms) => ms)));
    const clipTitles = programme?.clips.flatMap((clip) => clip.title ?? []) ?? [];
    const inOrder = (a: Written, b: Written) => (a.atMs ?? 0) - (b.atMs ?? 0);
    return [
      ...[title, ...clipTitles].map((text) => ({ where: 'title' as const, text, atMs: null })),
      { where: 'description', text: description, atMs: null },
      ...said.sort(inOrder),
      ...captions.sort(inOrder),
    ];
  }

  async #captionsOf(subjectId: string, place: (ms: number) => number | null): Promise<Written[]> {
    const rows = await this.#db
      .selectFrom('caption')
      .innerJoin('caption_version', (join) =>
        join
          .onRef('caption_version.caption_id', '=', 'caption.id')
          .onRef('caption_version.version', '=', 'caption.version'),
      )
      .select('caption_version.cues')
      .where('caption.subject_id', '=', subjectId)
      .where('caption.removed_at', 'is', null)
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
