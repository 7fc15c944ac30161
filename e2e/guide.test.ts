import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { Config } from '#platform/config.ts';
import { Pairing } from '#protocol/pairing.ts';
import { sessionRoutes } from '../signaling/src/http/session-routes.ts';
import { officeApi } from '../signaling/src/office/office-api.ts';
import { TestApp } from '../signaling/testing/app.ts';
import type { TestPerson } from '../signaling/testing/person.ts';
import { statutoryDays } from '../web-client/src/terms/statutory.ts';
import { TestBrowser } from './harness/browser.ts';

/* The guided first start, from names to a term of lessons, on the real application. */
let app: TestApp;
let browser: TestBrowser;
let administrator: TestPerson;

beforeAll(async () => {
  app = await TestApp.open(
    (parts) => ({
      api: [
        sessionRoutes(parts.accounts, parts.audit, true),
        ...officeApi({ ...parts, config: Config.parse({ dataDir: parts.dataDir }) }),
      ],
    }),
    { webRoot: fileURLToPath(new URL('../web-client/dist', import.meta.url)) },
  );
  administrator = await app.signIn('马建国');
  browser = await TestBrowser.launch();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const NAMES = {
  masterSchool: '云峰小学',
  remoteSchool: '白石教学点',
  masterClass: '三年级1班',
  teacher: '田秀英',
  remoteClass: '三年级复式班',
  assistant: '石阿姨',
};

async function choose(page: Page, field: string, word: string): Promise<void> {
  await page.locator(`#${field}`).click();
  await page.keyboard.type(word);
  await page.keyboard.press('Enter');
}

async function walk(page: Page): Promise<void> {
  const fill = (field: keyof typeof NAMES) => page.locator(`#${field}`).fill(NAMES[field]);
  const next = () => page.getByTestId('guide-next').click();
  await fill('masterSchool');
  await fill('remoteSchool');
  await page.keyboard.press('Escape');
  await next();
  await choose(page, 'grade', '三年级');
  for (const field of ['masterClass', 'teacher', 'remoteClass', 'assistant'] as const) await fill(field);
  await next();
  await page.locator('#termName').waitFor();
  await next();
  await choose(page, 'subject', '英语');
  await next();
  await page.getByTestId('guide-done').waitFor();
}

const pairings = () => administrator.get(z.array(Pairing), 'GET', '/api/pairings');

test('names become schools, people, a pairing and its lessons; the same names again make nothing twice', async () => {
  const page = await browser.page(administrator, '/admin/start');
  await page.getByTestId('guide-next').click();
  await page.locator('.ant-form-item-explain-error').first().waitFor();
  await walk(page);
  const [pairing] = await pairings();
  expect(pairing).toMatchObject({ state: 'active', autoOpen: true });
  const lessons = await app.db
    .selectFrom('lesson')
    .select('id')
    .where('pairing_id', '=', pairing!.pairingId)
    .execute();
  expect(lessons.length).toBeGreaterThan(0);
  expect(lessons).toHaveLength(pairing!.lessonsAhead + pairing!.lessonsHeld);

  // Published holidays of the term come along: no lesson stands on one.
  const days = await app.db
    .selectFrom('term_day')
    .select('kind')
    .where('term_id', '=', pairing!.term.id)
    .execute();
  const published = statutoryDays(pairing!.term, { holiday: (name) => name, madeUp: (day) => day });
  expect(days.some(({ kind }) => kind === 'holiday')).toBe(published.holidays.length > 0);

  // What was made is handed out from here, also after a look at another page.
  await page.goto(`${app.origin}/admin/start`);
  await page.getByTestId('guide-again').click();
  await walk(page);
  expect(await pairings()).toHaveLength(1);
  for (const [table, name] of [
    ['organization', NAMES.masterSchool],
    ['account', NAMES.teacher],
    ['class_group', NAMES.remoteClass],
  ] as const)
    expect(await app.db.selectFrom(table).select('id').where('name', '=', name).execute()).toHaveLength(1);
  await page.context().close();
}, 120_000);
