import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newId } from '#platform/ids.ts';
import { libraryRoutes } from '../signaling/src/http/library-routes.ts';
import { sessionRoutes } from '../signaling/src/http/session-routes.ts';
import { shelfRoutes } from '../signaling/src/http/shelf-routes.ts';
import { Cards } from '../signaling/src/library/cards.ts';
import { Indexer } from '../signaling/src/library/indexer.ts';
import { ResourceAccess } from '../signaling/src/resource/access.ts';
import { ResourceRepository } from '../signaling/src/resource/resource-repository.ts';
import { TestApp } from '../signaling/testing/app.ts';
import { publishFor } from '../signaling/testing/library.ts';
import { TestBrowser } from './harness/browser.ts';

const DIST = fileURLToPath(new URL('../web-client/dist', import.meta.url));

let app: TestApp;
let browser: TestBrowser;
let indexer: Indexer;
beforeAll(async () => {
  app = await TestApp.open(({ db, accounts, audit }) => {
    indexer = new Indexer(db);
    const resources = new ResourceRepository(db);
    const access = new ResourceAccess(db, resources);
    const cards = new Cards(db);
    return {
      api: [
        sessionRoutes(accounts, audit, true),
        libraryRoutes({ db, cards, resources, access, indexer }),
        shelfRoutes({ db, cards, access }),
      ],
    };
  });
  await symlink(DIST, join(app.parts.dataDir, 'web'));
  browser = await TestBrowser.launch();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

test('who has not signed in finds a lesson by initials, and goes to the second where the word is said', async () => {
  const author = (await app.signIn('陈静')).account!;
  const maths = { author, subject: '数学' };
  const found = await publishFor(app.db, { ...maths, title: '两位数乘法', grade: '三年级' });
  await publishFor(app.db, { ...maths, title: '乘法分配律', grade: '四年级' });
  await publishFor(app.db, { ...maths, title: '乘法口诀(内部)', grade: '四年级', reach: 'school' });
  const captionId = newId();
  const subject = {
    organization_id: author.organizationId,
    subject_id: found,
    resource_id: found,
    lesson_id: null,
  };
  const language = { language: 'zh-CN', label: '中文', version: 1, removed_at: null };
  await app.db
    .insertInto('caption')
    .values({ id: captionId, ...subject, ...language })
    .execute();
  const cues = [{ startMs: 83_000, endMs: 85_000, speaker: null, text: '先背乘法口诀' }];
  const saved = { saved_by: author.accountId, saved_at: new Date(0) };
  await app.db
    .insertInto('caption_version')
    .values({ caption_id: captionId, version: 1, cues: JSON.stringify(cues), cue_count: 1, ...saved })
    .execute();
  await indexer.drain();

  const page = await browser.page(null, '/library', app.origin);
  const search = page.getByTestId('library-search');
  const cards = page.locator('[data-testid^="card-"]');
  await search.fill('cf');
  await page.locator('.ant-select-item-option', { hasText: '乘法分配律' }).waitFor();
  await search.press('Enter');
  await page.waitForURL(/q=cf/);
  await cards.nth(1).waitFor();
  expect(await cards.count()).toBe(2);

  await search.fill('乘法口诀');
  await search.press('Enter');
  const moment = page.getByTestId('moment');
  await moment.first().waitFor();
  expect(await moment.first().getAttribute('href')).toBe(`/resources/${found}?at=83000`);
  expect(await cards.count()).toBe(1);

  await page.goBack();
  await page.waitForURL(/q=cf/);
  await page.getByTestId('facet-grade').filter({ hasText: '四年级' }).click();
  await page.waitForURL(/grade=/);
  await cards.filter({ hasText: '两位数乘法' }).waitFor({ state: 'detached' });
  expect(await cards.count()).toBe(1);
}, 60_000);
