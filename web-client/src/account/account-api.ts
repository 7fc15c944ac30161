import type { z } from 'zod';
import {
  OwnAccount,
  PasskeyOptions,
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

/** The rule about passwords: for who may `policy.edit`. */
export const policyApi = {
  read: () => call(StoredPasswordPolicy, '/api/password-policy'),
  change: (policy: z.infer<typeof StoredPasswordPolicy>) =>
    call(StoredPasswordPolicy, '/api/password-policy', { method: 'PUT', body: policy }),
};
