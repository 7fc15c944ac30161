import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { Config } from '#platform/config.ts';
import { sessionRoutes } from '../signaling/src/http/session-routes.ts';
import { signInApi } from '../signaling/src/sign-in/sign-in-api.ts';
import { type SignInParts, signInParts } from '../signaling/src/sign-in/sign-in-parts.ts';
import { TestApp } from '../signaling/testing/app.ts';
import { TestBrowser } from './harness/browser.ts';

/* The pages of signing in, on the real application where the demo is off. */
let app: TestApp;
let browser: TestBrowser;
let parts: SignInParts;
let now = Date.now();

beforeAll(async () => {
  app = await TestApp.open(async ({ db, accounts, audit, office, logger, dataDir }) => {
    await symlink(fileURLToPath(new URL('../web-client/dist', import.meta.url)), join(dataDir, 'web'));
    const config = Config.parse({
      ...{ dataDir, demo: { enabled: false }, signIn: { hashMemoryKib: 8, hashPasses: 1 } },
    });
    parts = signInParts({ db, config, accounts, audit, office, logger, now: () => now });
    return { api: [sessionRoutes(accounts, audit, false), ...signInApi(parts)] };
  });
  browser = await TestBrowser.launch();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const at = (page: Page, id: string) => page.getByTestId(id);
const PASSWORD = 'a narrow path uphill';

test('from a link to the first administrator; in again with a code; out when the session ends elsewhere', async () => {
  // Passkeys have no address of numbers.
  const origin = app.origin.replace('127.0.0.1', 'localhost');
  const page = await (await browser.context(null)).newPage();
  const link = (await parts.firstStart.newLink())!;
  await page.goto(`${origin}${link}`);
  await at(page, 'name').fill('王建国');
  expect(page.url()).not.toContain('#');
  await at(page, 'login').fill('wang');
  await at(page, 'new-password').fill('12345678');
  await at(page, 'send').click();
  await page.locator('.ant-form-item-explain-error').waitFor();
  await at(page, 'new-password').fill(PASSWORD);
  await at(page, 'send').click();
  const secret = (await at(page, 'totp-secret').textContent())!.replace(/\s/g, '');
  const code = () => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now });
  await at(page, 'code').fill(code());
  await at(page, 'send').click();
  await at(page, 'recovery-codes').waitFor();
  await at(page, 'codes-kept').click();
  await page.waitForURL(`${origin}/admin/start`);

  // A passkey of a device that says yes.
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
  await page.goto(`${origin}/account`);
  await at(page, 'add-passkey').click();
  await page.getByText('My device').waitFor();
  // The office's words come in two parts, some topics in both.
  expect(await page.locator('body').textContent()).not.toMatch(/\b(product|signIn|today|common)\.\w/);

  // Elsewhere: login, password, code. What leads away from this site leads to its first page.
  now += 60_000;
  const other = await (await browser.context(null)).newPage();
  await other.goto(`${origin}/sign-in?next=//evil.example`);
  await at(other, 'login').fill('WANG');
  await at(other, 'password').fill(PASSWORD);
  await at(other, 'send').click();
  await at(other, 'code').fill(code());
  await at(other, 'send').click();
  await at(other, 'open-account').waitFor();
  expect(new URL(other.url()).host).toBe(new URL(origin).host);
  await at(other, 'open-account').click();
  await at(other, 'end-others').click();
  await at(other, 'end-others').waitFor({ state: 'detached' });

  // The first page finds out with its next step, says why, and is let in with the passkey.
  await at(page, 'add-passkey').click();
  await page.waitForURL(/problem=SESSION_ENDED/);
  await page.getByText('SESSION_ENDED').waitFor();
  await at(page, 'with-passkey').click();
  await page.waitForURL(`${origin}/account`);
  await at(page, 'change-password').waitFor();
  await Promise.all([page, other].map((one) => one.context().close()));
}, 120_000);
