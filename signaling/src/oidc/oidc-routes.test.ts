import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { z } from 'zod';
import { Config } from '#platform/config.ts';
import { Identity, ProviderAddress } from '#protocol/oidc.ts';
import { TestApp } from '../../testing/app.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import type { TestPerson } from '../../testing/person.ts';
import { oidcRoutes } from './oidc-routes.ts';

/** Who is known at the provider. */
const PEOPLE = {
  chen: { name: '陈静', employee_number: 'T0001', email: 'chen@school.cn', email_verified: true },
  liar: { name: '李某', employee_number: 'T0002', email: 'chen@school.cn', email_verified: false },
  twin: { name: '王芳', employee_number: 'T7777', email: 'twin@school.cn', email_verified: true },
  heir: { name: '新人', employee_number: 'T0001', email: 'heir@school.cn', email_verified: true },
  guest: { name: '来访\u202e者', email: 'guest@school.cn', email_verified: true },
};
const PROGRAM = fileURLToPath(new URL('../../testing/oidc-provider.ts', import.meta.url));
const START = '/api/sign-in/providers/oidc?next=/library';

/** What a browser does on its way to the provider and back: follows redirections and keeps each site's cookies. */
class Traveller {
  readonly #cookies = new Map<string, Map<string, string>>();

  constructor(origin?: string, cookie?: string) {
    if (origin && cookie) this.#keep(new URL(origin).host, cookie);
  }

  /** Goes until it is back at a page of `origin` that no redirection leads on from. */
  async go(address: string, origin: string, as: string): Promise<URL> {
    for (let url = new URL(address, origin), hops = 0; hops < 12; hops++) {
      if (url.pathname.startsWith('/interaction/')) url.searchParams.set('as', as);
      const response = await this.fetch(url);
      const location = response.headers.get('location');
      if (!location) throw new Error(`${url}: ${response.status} ${await response.text()}`);
      url = new URL(location, url);
      if (url.origin === origin && !url.pathname.startsWith('/api/')) return url;
    }
    throw new Error('sent round and round');
  }

  async fetch(url: URL, init: RequestInit = {}): Promise<Response> {
    const own = [...(this.#cookies.get(url.host) ?? [])].map(([name, value]) => `${name}=${value}`);
    const headers = { ...(init.headers as Record<string, string>), cookie: own.join('; ') };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.#keep(url.host, line);
    return response;
  }

  #keep(host: string, line: string): void {
    const [name = '', value = ''] = line.split(';')[0]!.split('=');
    const own = this.#cookies.get(host) ?? new Map<string, string>();
    if (value === '') own.delete(name);
    else own.set(name, value);
    this.#cookies.set(host, own);
  }
}

async function startProvider(redirectUri: string): Promise<{ issuer: string; process: ChildProcess }> {
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(PEOPLE), redirectUri], {
    stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  for await (const line of createInterface({ input: child.stdout! }))
    if (line.startsWith('http')) return { issuer: line.trim(), process: child };
  throw new Error('the provider did not start');
}

// Dozens of requests and a real PostgreSQL, on a machine that does other things as well.
jest.setTimeout(30_000);

onBothDatabases('signing in at a provider', (open) => {
  const config = Config.parse({}).oidc;
  let app: TestApp;
  let provider: Awaited<ReturnType<typeof startProvider>>;
  let teacher: TestPerson;

  beforeAll(async () => {
    app = await TestApp.open((parts) => ({ api: [oidcRoutes({ ...parts, config })] }), { open });
    provider = await startProvider(`${app.origin}/api/oidc/callback`);
    Object.assign(config, {
      issuer: provider.issuer,
      clientId: 'three-classrooms',
      clientSecret: 'a secret of the test',
    });
    teacher = await app.signIn('陈静');
  });
  afterAll(async () => {
    provider.process.kill();
    await app.close();
  });
  beforeEach(async () => {
    Object.assign(config, { issuer: provider.issuer, linkClaim: '', linkField: 'login', createIn: '' });
    await app.db.deleteFrom('identity_link').execute();
    await app.db.updateTable('account').set({ login: null, number: null, disabled_at: null }).execute();
  });

  const give = (set: { login?: string; number?: string; disabled_at?: Date }) =>
    app.db.updateTable('account').set(set).where('id', '=', teacher.accountId).execute();
  const problemOf = (url: URL) => url.searchParams.get('problem');
  const enter = (as: string, traveller = new Traveller()) => traveller.go(START, app.origin, as);
  /** Whether a traveller is signed in now. */
  const isIn = async (traveller: Traveller) => {
    const response = await traveller.fetch(new URL('/api/identities', app.origin));
    return response.status === 200;
  };

  test('who is nobody here is told so, and no account is made', async () => {
    const url = await enter('chen');
    expect([url.pathname, problemOf(url)]).toEqual(['/sign-in', 'OIDC_NO_ACCOUNT']);
    expect(url.searchParams.get('next')).toBe('/library');
    expect(problemOf(await enter(''))).toBe('OIDC_REFUSED');
  });

  test('a configured claim links at the first coming, and is not asked again', async () => {
    Object.assign(config, { linkClaim: 'employee_number', linkField: 'number' });
    await give({ number: 'T0001' });
    const traveller = new Traveller();
    const url = await enter('chen', traveller);
    expect([url.pathname, url.search]).toEqual(['/library', '']);
    expect(await isIn(traveller)).toBe(true);
    await give({ number: 'changed' });
    expect((await enter('chen')).pathname).toBe('/library');
    const entry = await app.db
      .selectFrom('audit_entry')
      .select(['account_name', 'detail'])
      .where('action', '=', 'access.identityLinked')
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow();
    expect(entry).toMatchObject({ account_name: '陈静', detail: { how: 'claim' } });
    // The number was given to somebody new: it does not open the account of who had it before.
    await give({ number: 'T0001' });
    expect(problemOf(await enter('heir'))).toBe('OIDC_TAKEN');
    await give({ disabled_at: new Date() });
    expect(problemOf(await enter('chen'))).toBe('OIDC_DISABLED');
  });

  test('an unverified address links nobody, two of one number neither', async () => {
    Object.assign(config, { linkClaim: 'email' });
    await give({ login: 'chen@school.cn' });
    expect(problemOf(await enter('liar'))).toBe('OIDC_UNVERIFIED');
    expect((await enter('chen')).pathname).toBe('/library');
    Object.assign(config, { linkClaim: 'employee_number', linkField: 'number' });
    await app.db.updateTable('account').set({ number: 'T7777' }).where('kind', '=', 'person').execute();
    expect(problemOf(await enter('twin'))).toBe('OIDC_AMBIGUOUS');
  });

  test('where it is switched on, a new person gets an account, with a name that is only a name', async () => {
    config.createIn = teacher.account!.organizationId;
    expect((await enter('guest')).pathname).toBe('/library');
    const made = await app.db
      .selectFrom('account')
      .innerJoin('account_role', 'account_role.account_id', 'account.id')
      .select(['name', 'role', 'login'])
      .where('name', 'like', '来访%')
      .executeTakeFirstOrThrow();
    expect(made).toEqual({ name: '来访者', role: 'teacher', login: null });
    await app.db
      .updateTable('account')
      .set({ archived_at: new Date() })
      .where('name', '=', '来访者')
      .execute();
  });

  test('one links one’s own account to it, once, and takes it back', async () => {
    const ask = () => teacher.ask('POST', '/api/identities', { next: '/account' });
    const answer = await ask();
    const { address } = ProviderAddress.parse(answer.body);
    const traveller = new Traveller(app.origin, teacher.cookie);
    // Begun in another browser: nobody is led into linking what they did not ask for.
    expect(problemOf(await traveller.go(address, app.origin, 'chen'))).toBe('OIDC_EXPIRED');
    const begun = await traveller.fetch(new URL('/api/identities', app.origin), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ next: '/account' }),
    });
    const there = ProviderAddress.parse(await begun.json()).address;
    expect((await traveller.go(there, app.origin, 'chen')).pathname).toBe('/account');
    const [linked] = await teacher.get(z.array(Identity), 'GET', '/api/identities');
    expect(linked).toMatchObject({ providerName: '统一身份认证' });
    expect((await enter('chen')).pathname).toBe('/library');
    const other = await app.signIn('周明');
    expect(await other.code('DELETE', `/api/identities/${linked!.identityId}`)).toBe('NOT_FOUND');
    expect(await teacher.get(z.array(Identity), 'DELETE', `/api/identities/${linked!.identityId}`)).toEqual(
      [],
    );
    expect(problemOf(await enter('chen'))).toBe('OIDC_NO_ACCOUNT');
  });

  test('a state is good once and in one browser; nothing leads to another site', async () => {
    const forged = new URL('/api/oidc/callback?code=x&state=forged', app.origin);
    const answer = await fetch(forged, { redirect: 'manual', headers: { cookie: 'tc_oidc=forged' } });
    expect(answer.headers.get('location')).toContain('problem=OIDC_EXPIRED');
    const away = await fetch(new URL('/api/sign-in/providers/oidc?next=//evil.example', app.origin), {
      redirect: 'manual',
    });
    expect(new URL(away.headers.get('location')!).searchParams.get('code_challenge_method')).toBe('S256');
    const flows = await app.db.selectFrom('oidc_flow').select(['next', 'state_hash']).execute();
    expect(flows.map(({ next }) => next)).not.toContain('//evil.example');
    expect(await app.anonymous().code('GET', '/api/sign-in/providers/other')).toBe('NOT_FOUND');
    expect(await app.anonymous().code('GET', '/api/identities')).toBe('NOT_SIGNED_IN');
    // Each return that is refused is a line of the audit: nobody fills it by the thousand.
    const headers = { 'x-forwarded-for': '10.66.0.1' };
    const floods = await Promise.all(
      Array.from({ length: 80 }, async () => (await fetch(forged, { redirect: 'manual', headers })).status),
    );
    expect(floods.filter((status) => status === 429)).toHaveLength(20);
  });

  test('a provider that is away is said to be away, and asked anew when it is back', async () => {
    config.issuer = 'http://127.0.0.1:9';
    expect(problemOf(await enter('chen'))).toBe('OIDC_AWAY');
    expect(await teacher.code('POST', '/api/identities', { next: '/' })).toBe('PROVIDER_AWAY');
    config.issuer = provider.issuer;
    expect(problemOf(await enter('chen'))).toBe('OIDC_NO_ACCOUNT');
    const ended = once(provider.process, 'exit');
    provider.process.kill();
    await ended;
    const url = await new Traveller().go(START, app.origin, 'chen').catch((error: Error) => error.message);
    expect(String(url)).toMatch(/fetch failed|problem=OIDC_AWAY/);
  });
});
