import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '#platform/ids.ts';
import { handMadePdf } from '#platform/testing/hand-made-pdf.ts';
import { wholeOf } from '#protocol/programme.ts';
import { TestApp } from '../../testing/app.ts';
import { asking, publishFor } from '../../testing/library.ts';
import { ResourceRepository } from '../resource/resource-repository.ts';
import { Cards } from './cards.ts';
import { Indexer } from './indexer.ts';
import { PageTexts } from './page-texts.ts';
import { SearchRepository } from './search-repository.ts';

let app: TestApp;
beforeAll(async () => {
  app = await TestApp.open(() => ({}));
});
afterAll(() => app.close());

test('a document is found by a page of it; a lesson by its courseware, at the moment the page was shown', async () => {
  const { db, blobs, timelines } = app.parts;
  const author = (await app.signIn('陈静')).account!;
  const resources = new ResourceRepository(db);
  const indexer = new Indexer(db, { readPages: (ids) => new PageTexts(app.parts).read(ids) });

  const paper = await publishFor(db, { title: '阅读材料', author });
  const paperKey = `resources/${paper}/pages.pdf`;
  await blobs.put(paperKey, handMadePdf(['nothing', 'photosynthesis']));
  const file = { resource_id: paper, role: 'pages' as const, blob_key: paperKey };
  await db
    .insertInto('resource_file')
    .values({ ...file, sha256: 'x', bytes: 1, mime: 'application/pdf' })
    .execute();

  const { lessonId, recordingId, durationMs } = await app.recordedLesson({ title: '植物' });
  const documentId = newId();
  await db
    .insertInto('courseware_document')
    .values({
      id: documentId,
      lesson_id: lessonId,
      account_id: author.accountId,
      kind: 'pdf',
      name: 'plants.pdf',
      bytes: 1,
      file: 'plants.pdf',
      state: 'ready',
      created_at: new Date(),
    })
    .execute();
  await blobs.put(`courseware/${lessonId}/${documentId}/plants.pdf`, handMadePdf(['chlorophyll']));
  const pageId = newId();
  const source = { kind: 'pdf' as const, documentId, file: 'plants.pdf', page: 1 };
  const at = Date.now();
  const byParticipantId = newId();
  const bodies = [
    { type: 'board.pagesAdded' as const, pages: [{ pageId, aspect: 1, source }], index: 1 },
    { type: 'board.turned' as const, pageId, byParticipantId },
    { type: 'board.shown' as const, shown: true, byParticipantId },
  ];
  await timelines.append(
    lessonId,
    bodies.map((body, index) => ({ seq: index + 1, at, mediaMs: 90_000 + index, body })),
  );
  await resources.draftReplays();
  const { resourceId, version } = (await resources.ofLesson(lessonId))!;
  const whole = wholeOf(recordingId, lessonId, durationMs);
  const programme = JSON.stringify({ ...whole, clips: [{ ...whole.clips[0]!, fromMs: 30_000 }] });
  const change = { programme, state: 'published', reach: 'public', published_at: new Date() } as const;
  await resources.change(resourceId, version, change, { byAccountId: null, what: 'published' });

  await indexer.drain();
  const search = new SearchRepository(db, new Cards(db));
  const found = async (q: string) =>
    (await search.search(asking(q), null)).hits.map(({ card, moments }) => [card.title, ...moments]);
  expect(await found('photosynthesis')).toEqual([
    ['阅读材料', { source: 'page', atMs: null, page: 2, text: 'photosynthesis' }],
  ]);
  expect(await found('chlorophyll')).toEqual([
    ['植物', { source: 'page', atMs: 60_002, page: 1, text: 'chlorophyll' }],
  ]);
});
