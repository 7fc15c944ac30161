import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { sessionRoutes } from '../signaling/src/http/session-routes.ts';
import { TestApp } from '../signaling/testing/app.ts';
import { pass, promised, Reviewed, reviewRoutesOf } from '../signaling/testing/review.ts';
import { TestBrowser } from './harness/browser.ts';

/* The pages of review, on the real application without rooms and media. */
let app: TestApp;
let browser: TestBrowser;

beforeAll(async () => {
  app = await TestApp.open(async (parts) => {
    const bundle = fileURLToPath(new URL('../web-client/dist', import.meta.url));
    await symlink(bundle, join(parts.dataDir, 'web'));
    return { api: [sessionRoutes(parts.accounts, parts.audit, true), ...reviewRoutesOf(parts)] };
  });
  browser = await TestBrowser.launch();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

async function opened(name: string, path: string): Promise<Page> {
  const { cookie, origin } = await app.signIn(name);
  const [key = '', value = ''] = cookie.split('=');
  const context = await browser.context(null);
  await context.addCookies([{ name: key, value, url: origin }]);
  const page = await context.newPage();
  await page.goto(new URL(path, origin).href);
  return page;
}

const at = (page: Page, id: string) => page.locator(`[data-testid="${id}"]`);

test('an author promises and hands in; of two reviewers the slower is told who was faster, and what', async () => {
  const it = await Reviewed.draft(app);
  const path = `/resources/${it.resourceId}/review`;
  const author = await opened('陈静', '/resources/mine');
  await at(author, 'resource-title').first().click();
  const submit = at(author, 'submit');
  expect(await submit.isDisabled()).toBe(true);
  await at(author, 'promise').click();
  await at(author, 'sign').fill('陈静');
  await submit.click();
  await at(author, 'state-submitted').waitFor();
  expect((await it.find())?.state).toBe('submitted');

  await it.move(await app.signIn('陈静'), '/revise');
  await it.move(await app.signIn('陈静'), '/submit', promised('public'));
  await it.move(await app.signIn('赵强'), '/decision', pass);
  const slower = await opened('马建国', path);
  await at(slower, 'pass').waitFor();
  await it.move(await app.signIn('林芳'), '/decision', { decision: 'return', note: '请剪掉片头' });
  await at(slower, 'pass').click();
  const told = await at(slower, 'overtaken').textContent();
  expect(told).toContain('林芳');
  expect(told).toContain('请剪掉片头');
  expect((await it.find())?.state).toBe('draft');
}, 60_000);
