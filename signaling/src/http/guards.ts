import { createHash } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import type { AccountRepository } from '../account/account-repository.ts';
import type { SessionState } from '../account/sessions.ts';
import { sessionTokenOf } from './session-cookie.ts';

declare module 'express-serve-static-core' {
  interface Locals {
    account?: Account | null;
    /** Also one that still needs something, whose `account` is null. */
    session?: SessionState | null;
  }
}

/** Puts the session and the signed-in account, or nulls, into `response.locals`. */
export function readSession(accounts: AccountRepository): RequestHandler {
  return async (request, response, next) => {
    const token = sessionTokenOf(request.headers.cookie);
    const session = token ? await accounts.sessions.read(token) : null;
    response.locals.session = session;
    response.locals.account = session?.account ?? null;
    next();
  };
}

export function accountOf(request: Request): Account {
  const { account, session } = request.res?.locals ?? {};
  if (!account) throw unfinished(session ?? null);
  return account;
}

/** The session of a request, also one that still needs something: for the steps of signing in alone. */
export function sessionOf(request: Request): SessionState {
  const session = request.res?.locals.session;
  if (!session) throw new AppError('NOT_SIGNED_IN', 'sign in first');
  return session;
}

/** What refuses somebody who is not signed in, or not wholly. */
export function unfinished(session: Pick<SessionState, 'needs'> | null): AppError {
  if (!session?.needs) return new AppError('NOT_SIGNED_IN', 'sign in first');
  return session.needs === 'newPassword'
    ? new AppError('NEW_PASSWORD_NEEDED', 'set a new password first')
    : new AppError('SECOND_FACTOR_NEEDED', 'the second factor is missing');
}

/** By what a viewer is known when plays are counted: who has not signed in, for a day by line and browser. */
export function viewerOf({ ip = '', headers }: Request, accountId: string | null): string {
  if (accountId) return accountId;
  const day = new Date().toDateString();
  return createHash('sha256')
    .update(`${day} ${ip} ${headers['user-agent'] ?? ''}`)
    .digest('base64url');
}

/**
 * Another site's page may not act with this site's cookie: what changes something must come from a page of
 * this very host, or from a program (which sends no Origin).
 */
export const sameOrigin: RequestHandler = (request, _response, next) => {
  const { origin, host } = request.headers;
  if (request.method !== 'GET' && request.method !== 'HEAD' && !isSameHost(origin, host)) {
    throw new AppError('BAD_ORIGIN', 'the request comes from another site');
  }
  next();
};

export function isSameHost(origin: string | undefined, host: string | undefined): boolean {
  if (!origin) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
