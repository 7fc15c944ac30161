import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser';
import type { Session } from '#protocol/session.ts';
import { accountApi } from '../account/account-api.ts';
import { ApiError } from '../api/api-error.ts';
import { signInApi } from './sign-in-api.ts';

/** Whether this browser, at this address, has passkeys at all. */
export const hasPasskeys = (): boolean => isSecureContext && 'PublicKeyCredential' in window;

/** Null when whoever was asked said no. @throws ApiError */
export async function signInWithPasskey(): Promise<Session | null> {
  const options = await signInApi.passkeyOptions();
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  const response = await startAuthentication({ optionsJSON }).catch(unlessDeclined);
  return response && (await signInApi.withPasskey(response));
}

export async function addPasskey(name: string) {
  const options = await accountApi.passkeyOptions();
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
  const response = await startRegistration({ optionsJSON }).catch(unlessDeclined);
  return response && (await accountApi.addPasskey(name, response));
}

function unlessDeclined(error: Error): null {
  if (error.name === 'NotAllowedError' || error.name === 'AbortError') return null;
  throw new ApiError('PASSKEY_WRONG', error.message, { cause: error });
}
