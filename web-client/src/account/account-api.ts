import { z } from 'zod';
import {
  AccessLink,
  OwnAccount,
  PasskeyOptions,
  PersonAccess,
  RecoveryCodes,
  StoredPasswordPolicy,
  TotpOffer,
} from '#protocol/sign-in.ts';
import { call } from '../api/call.ts';

const post = <S extends z.ZodType>(schema: S, path: string, body: unknown = {}) =>
  call(schema, `/api/${path}`, { method: 'POST', body });
const remove = <S extends z.ZodType>(schema: S, path: string) =>
  call(schema, `/api/${path}`, { method: 'DELETE' });

/** One's own account. */
export const accountApi = {
  own: () => call(OwnAccount, '/api/account'),
  changePassword: (given: { current: string | null; password: string }) =>
    post(OwnAccount, 'account/password', given),
  offerTotp: () => post(TotpOffer, 'account/totp'),
  confirmTotp: (code: string) => post(RecoveryCodes, 'account/totp/confirm', { code }),
  removeTotp: () => remove(OwnAccount, 'account/totp'),
  recoveryCodes: () => post(RecoveryCodes, 'account/recovery-codes'),
  passkeyOptions: () => post(PasskeyOptions, 'account/passkeys/options'),
  addPasskey: (name: string, response: unknown) => post(OwnAccount, 'account/passkeys', { name, response }),
  removePasskey: (id: string) => remove(OwnAccount, `account/passkeys/${encodeURIComponent(id)}`),
  endSession: (id: string) => remove(OwnAccount, `account/sessions/${encodeURIComponent(id)}`),
  endOthers: () => remove(OwnAccount, 'account/sessions'),
};

const Link = AccessLink.extend({ accountId: z.string(), name: z.string(), login: z.string().nullable() });

/** Helping others in: for who may `person.access`. */
export const accessApi = {
  of: (accountId: string) => call(PersonAccess, `/api/people/${accountId}/access`),
  link: (accountId: string) => post(AccessLink, `people/${accountId}/access/link`),
  /** Up to 500 at once. */
  links: (accountIds: string[]) => post(z.array(Link), 'people/access/links', { accountIds }),
  disable: (accountId: string) => post(PersonAccess, `people/${accountId}/access/disable`),
  enable: (accountId: string) => post(PersonAccess, `people/${accountId}/access/enable`),
  endSessions: (accountId: string) => post(PersonAccess, `people/${accountId}/access/end-sessions`),
  resetSecondFactor: (accountId: string) =>
    post(PersonAccess, `people/${accountId}/access/reset-second-factor`),
};

/** The rule about passwords: for who may `policy.edit`. */
export const policyApi = {
  read: () => call(StoredPasswordPolicy, '/api/password-policy'),
  change: (policy: z.infer<typeof StoredPasswordPolicy>) =>
    call(StoredPasswordPolicy, '/api/password-policy', { method: 'PUT', body: policy }),
};
