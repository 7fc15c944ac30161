import { parseCookie, stringifySetCookie } from 'cookie';
import { type Request, type Response, Router } from 'express';
import { AuthorizationResponseError, ResponseBodyError } from 'openid-client';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Config } from '#platform/config.ts';
import type { Logger } from '#platform/logger.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import {
  Identity,
  IdentityLink,
  type OidcProblem,
  type ProviderAddress,
  ProviderStart,
} from '#protocol/oidc.ts';
import type { SignInWays } from '#protocol/sign-in.ts';
import type { AccountRepository } from '../account/account-repository.ts';
import { type Audit, actorOf } from '../audit/audit.ts';
import type { Db } from '../database/database.ts';
import { accountOf as signedIn } from '../http/guards.ts';
import { signIn } from '../http/session-routes.ts';
import { networkOf } from '../sign-in/attempts.ts';
import { type Flow, IdentityRepository } from './identity-repository.ts';
import { accountOf, NotLetIn } from './newcomer.ts';
import { type Claims, Provider } from './provider.ts';

export interface OidcParts {
  db: Db;
  config: Config['oidc'];
  accounts: AccountRepository;
  audit: Audit;
  logger: Logger;
}

/** Binds the way there and back to one browser: nobody is signed in with a link that somebody else began. */
const COOKIE = 'tc_oidc';
const COOKIE_PATH = '/api/oidc';
const COOKIE_SECONDS = 600;

/** The one that the configuration names. */
const PROVIDER_ID = 'oidc';

/** How the sign-in page offers the provider; none where none is configured. */
export const providersOf = ({ issuer, name }: Config['oidc']): SignInWays['providers'] =>
  issuer ? [{ id: PROVIDER_ID, name }] : [];

/** Signing in with another system's account, and linking it to one's own. */
export function oidcRoutes({ db, config, accounts, audit, logger }: OidcParts): Router {
  const router = Router();
  const provider = new Provider(config);
  const identities = new IdentityRepository(db);
  const starts = new RateLimiterMemory({ points: 60, duration: 60 });
  const returns = new RateLimiterMemory({ points: 60, duration: 60 });

  /** Of the way there and of the way back: each of them writes into the database, whoever comes. */
  async function mustBeFew(counted: RateLimiterMemory, { ip = '' }: Request): Promise<void> {
    await counted.consume(networkOf(ip)).catch(() => {
      throw new AppError('TOO_MANY_REQUESTS', 'too many sign-ins from this address; wait a minute');
    });
  }

  /** Sends the browser on its way. Returns the provider's address. */
  async function leave(request: Request, response: Response, flow: Pick<Flow, 'next' | 'accountId'>) {
    await mustBeFew(starts, request);
    const { address, state, nonce, codeVerifier } = await provider.leave(redirectUri(request));
    await identities.begin(provider.issuer, state, { ...flow, nonce, codeVerifier });
    response.appendHeader('Set-Cookie', stateCookie(request, state, COOKIE_SECONDS));
    return address;
  }

  const redirectUri = (request: Request) =>
    `${config.publicUrl.replace(/\/$/, '') || `${request.protocol}://${request.headers.host}`}/api/oidc/callback`;

  function mustBeOffered(providerId = PROVIDER_ID): void {
    if (!config.issuer || providerId !== PROVIDER_ID)
      throw new AppError('NOT_FOUND', 'no provider is configured');
  }

  router.get('/sign-in/providers/:providerId', async (request, response) => {
    mustBeOffered(request.params.providerId);
    const { next } = ProviderStart.parse(request.query);
    try {
      response.redirect(await leave(request, response, { next, accountId: null }));
    } catch (error) {
      await explain(request, response, error, { next, accountId: null });
    }
  });

  router.get('/oidc/callback', async (request, response) => {
    mustBeOffered();
    await mustBeFew(returns, request);
    const state = String(request.query.state ?? '');
    const own = parseCookie(request.headers.cookie ?? '')[COOKIE];
    response.appendHeader('Set-Cookie', stateCookie(request, '', 0));
    const flow = state && own === state ? await identities.take(provider.issuer, state) : null;
    try {
      if (!flow) throw new NotLetIn('OIDC_EXPIRED');
      const address = new URL(redirectUri(request));
      address.search = new URL(request.originalUrl, address).search;
      const claims = await provider.arrive(address, { ...flow, state });
      if (flow.accountId) await link(request, flow.accountId, claims);
      else await enter(request, response, claims);
      response.redirect(flow.next);
    } catch (error) {
      await explain(request, response, error, flow);
    }
  });

  async function enter(request: Request, response: Response, claims: Claims): Promise<void> {
    const { accountId, how } = await accountOf(identities, config, claims);
    if (how) await noteLink(request, accountId, how);
    await signIn(request, response, { accounts, audit }, accountId, { way: 'provider' });
  }

  async function link(request: Request, accountId: Id, claims: Claims): Promise<void> {
    if (signedIn(request).accountId !== accountId) throw new NotLetIn('OIDC_EXPIRED');
    if (!(await identities.link(provider.issuer, claims.sub, accountId))) throw new NotLetIn('OIDC_TAKEN');
    await noteLink(request, accountId, 'own');
  }

  async function noteLink(request: Request, accountId: Id, how: string): Promise<void> {
    const account = await accounts.find(accountId);
    await audit.write(
      { ...actorOf(request), account },
      {
        action: 'access.identityLinked',
        organizationId: account?.organizationId ?? null,
        object: { kind: 'account', id: accountId },
        detail: { how, provider: provider.issuer },
      },
    );
  }

  /** Back to a page that says what happened, in its reader's language. */
  async function explain(
    request: Request,
    response: Response,
    error: unknown,
    flow: Pick<Flow, 'next' | 'accountId'> | null,
  ): Promise<void> {
    if (error instanceof AppError) throw error;
    const problem = problemOf(error);
    if (!(error instanceof NotLetIn))
      logger.warn({ err: error, problem }, 'signing in at the provider failed');
    await audit.write(actorOf(request), {
      action: 'signIn.failed',
      result: 'failed',
      organizationId: null,
      detail: { way: 'provider', problem },
    });
    const next = flow?.next ?? '/';
    const page = flow?.accountId ? next : '/sign-in';
    const words = new URLSearchParams(flow?.accountId ? { problem } : { problem, next });
    response.redirect(`${page}${page.includes('?') ? '&' : '?'}${words}`);
  }

  const list = async (accountId: Id): Promise<Identity[]> =>
    (await identities.ofAccount(accountId)).map(({ identityId, provider: issuer, linkedAt }) => ({
      identityId,
      linkedAt,
      providerName: issuer === provider.issuer ? config.name : new URL(issuer).host,
    }));

  router.get('/identities', async (request, response) => {
    response.json(await list(signedIn(request).accountId));
  });

  router.post('/identities', async (request, response) => {
    const { accountId, kind } = signedIn(request);
    mustBeOffered();
    if (kind !== 'person') throw new AppError('FORBIDDEN', 'a classroom has no identity elsewhere');
    const { next } = IdentityLink.parse(request.body);
    const address = await leave(request, response, { next, accountId }).catch((error: unknown) => {
      if (error instanceof AppError) throw error;
      throw new AppError('PROVIDER_AWAY', 'the provider does not answer', { cause: error });
    });
    response.json({ address } satisfies ProviderAddress);
  });

  router.delete('/identities/:identityId', async (request, response) => {
    const { accountId, organizationId } = signedIn(request);
    const identityId = Identity.shape.identityId.parse(request.params.identityId);
    if (!(await identities.unlink(accountId, identityId)))
      throw new AppError('NOT_FOUND', 'no such identity');
    await audit.write(actorOf(request), {
      action: 'access.identityLinked',
      organizationId,
      object: { kind: 'account', id: accountId },
      detail: { how: 'unlinked' },
    });
    response.json(await list(accountId));
  });

  return router;
}

const stateCookie = ({ secure }: Request, value: string, maxAge: number): string =>
  stringifySetCookie({
    ...{ name: COOKIE, value, httpOnly: true, sameSite: 'lax', path: COOKIE_PATH, secure, maxAge },
  });

function problemOf(error: unknown): OidcProblem {
  if (error instanceof NotLetIn) return error.problem;
  if (error instanceof AuthorizationResponseError) return 'OIDC_REFUSED';
  if (error instanceof ResponseBodyError) return 'OIDC_FAILED';
  return isAway(error) ? 'OIDC_AWAY' : 'OIDC_FAILED';
}

const AWAY = ['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM'];

/** It cannot be reached (a TypeError of `fetch`, however wrapped), answers too late, or with an error of its own. */
function isAway(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { name, code, cause } = error as Error & { code?: string };
  return name === 'TypeError' || AWAY.includes(code ?? '') || isAway(cause);
}
