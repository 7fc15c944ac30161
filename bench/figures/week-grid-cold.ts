import { TestBrowser } from '../../e2e/harness/browser.ts';
import type { Measure } from '../figure.ts';
import { openCountyApp } from '../harness/county-app.ts';
import { signInAt } from '../harness/signed-in.ts';
import { percentile } from '../statistics.ts';

const ROUNDS = 8;

/** A school's week in a browser that has never been here: from the address to the grid with its lessons. */
export const measure: Measure = async (say) => {
  say('making up the county');
  const { app, administrator, day, close } = await openCountyApp();
  const { organization_id: school } = await app.db
    .selectFrom('lesson')
    .select('organization_id')
    .limit(1)
    .executeTakeFirstOrThrow();
  const cookie = await signInAt(app, administrator.accountId);
  const browser = await TestBrowser.launch();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const context = await browser.context({ origin: app.origin, cookie });
    const page = await context.newPage();
    const begun = performance.now();
    await page.goto(`${app.origin}/admin/timetable?school=${school}&day=${day}`, { waitUntil: 'commit' });
    await page.locator('[data-testid="week-grid"] [data-testid^="lesson-"]').first().waitFor();
    times.push(performance.now() - begun);
    say(`${Math.round(times.at(-1)!)} ms`);
    await context.close();
  }
  await browser.close();
  await close();
  return { value: percentile(times, 0.95), p50: percentile(times, 0.5), p95: percentile(times, 0.95) };
};
