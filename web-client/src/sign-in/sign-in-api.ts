import type { z } from 'zod';
import { type Grant, Session } from '#protocol/session.ts';
import {
  type FirstStart,
  FirstStartSubject,
  LinkSubject,
  PasskeyOptions,
  SignInWays,
} from '#protocol/sign-in.ts';
import { call } from '../api/call.ts';

const post = <S extends z.ZodType>(schema: S, path: string, body: unknown = {}) =>
  call(schema, `/api/${path}`, { method: 'POST', body });

/** The routes of signing in; shapes are in `protocol/sign-in.ts`. */
export const signInApi = {
  ways: () => call(SignInWays, '/api/sign-in/ways'),
  withPassword: (given: { login: string; password: string }) => post(Session, 'sign-in/password', given),
  withCode: (code: string) => post(Session, 'sign-in/code', { code }),
  newPassword: (password: string) => post(Session, 'sign-in/new-password', { password }),
  passkeyOptions: () => post(PasskeyOptions, 'sign-in/passkey/options'),
  withPasskey: (response: unknown) => post(Session, 'sign-in/passkey', { response }),
  lookAtLink: (token: string) => post(LinkSubject, 'sign-in/link/look', { token }),
  redeemLink: (given: { token: string; password: string; login?: string | undefined }) =>
    post(Session, 'sign-in/link', given),
  lookAtFirstStart: (token: string) => post(FirstStartSubject, 'first-start/look', { token }),
  firstStart: (given: FirstStart) => post(Session, 'first-start', given),
  actAs: ({ role, organizationId }: Pick<Grant, 'role' | 'organizationId'>) =>
    post(Session, 'session/role', { role, organizationId }),
};
