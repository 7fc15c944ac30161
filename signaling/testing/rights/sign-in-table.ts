import { anybody, asSaid, body, office, type Rule, signedIn } from './rules.ts';

const TOKEN = 'x'.repeat(43);
const NOTHING = { fixed: 'none' };

/** What proves nothing opens nothing, to nobody and everybody alike. */
const proof = (refusal: number, more: Parameters<typeof asSaid>[1] = {}): Rule =>
  asSaid(() => 'seen', { anonymous: 'seen', placeless: true, onlyFor: ['teacher'], refusal, ...more });
/** A step that a session takes which is not this one. */
const step = (value: object): Rule => asSaid(() => 'seen', { placeless: true, refusal: 409, ...body(value) });
const hidden = (more: Parameters<typeof asSaid>[1]): Rule =>
  asSaid(() => 'hidden', { placeless: true, ...more });
const policy = (more: Parameters<typeof asSaid>[1] = {}): Rule =>
  asSaid(
    ({ account, at }) => {
      if (account.role !== 'security') return 'forbidden';
      return at === 'bureau' ? 'granted' : 'hidden';
    },
    { placeless: true, ...more },
  );

const PASSKEY = {
  ...{ id: 'x', rawId: 'x', type: 'public-key', response: {}, clientExtensionResults: {} },
};

/** Signing in, one's own account, and helping others in; see `table.ts`. */
export const signInRights: Record<string, Rule> = {
  'POST /api/session/role': asSaid(() => 'seen', {
    placeless: true,
    ...body({ role: 'auditor', organizationId: 'A'.repeat(22) }),
  }),
  'GET /api/sign-in/ways': anybody(),
  'POST /api/sign-in/password': proof(401, body({ login: 'nobody', password: 'nothing' })),
  'POST /api/sign-in/code': step({ code: '000000' }),
  'POST /api/sign-in/new-password': step({ password: 'nothing at all' }),
  'POST /api/sign-in/passkey/options': anybody(),
  'POST /api/sign-in/passkey': proof(401, body({ response: PASSKEY })),
  'POST /api/sign-in/link/look': proof(410, body({ token: TOKEN })),
  'POST /api/sign-in/link': proof(410, body({ token: TOKEN, password: 'nothing at all' })),
  'POST /api/first-start/look': proof(410, body({ token: TOKEN })),
  'POST /api/first-start': proof(
    410,
    body({ token: TOKEN, organization: null, name: '某人', login: 'somebody', password: 'nothing at all' }),
  ),
  // No provider is configured where the walk is held.
  'GET /api/sign-in/providers/:providerId': hidden({
    anonymous: 'hidden',
    params: { providerId: { fixed: 'oidc' } },
  }),
  'GET /api/oidc/callback': hidden({ anonymous: 'hidden' }),
  'GET /api/identities': signedIn(),
  'POST /api/identities': hidden({}),
  'DELETE /api/identities/:identityId': hidden({ params: { identityId: { fixed: 'A'.repeat(43) } } }),
  'GET /api/account': signedIn(),
  'POST /api/account/password': signedIn(),
  'POST /api/account/totp': signedIn(),
  'POST /api/account/totp/confirm': signedIn(),
  'DELETE /api/account/totp': signedIn(),
  'POST /api/account/recovery-codes': signedIn(),
  'POST /api/account/passkeys/options': signedIn(),
  'POST /api/account/passkeys': signedIn(),
  'DELETE /api/account/passkeys/:passkeyId': hidden({ params: { passkeyId: NOTHING }, onlyFor: ['teacher'] }),
  'DELETE /api/account/sessions': signedIn(),
  'DELETE /api/account/sessions/:sessionId': hidden({ params: { sessionId: NOTHING } }),
  'GET /api/people/:accountId/access': office('person.access'),
  'POST /api/people/:accountId/access/link': office('person.access'),
  'POST /api/people/access/links': office('person.access', {
    body: ({ person }) => ({ accountIds: [person] }),
  }),
  'POST /api/people/:accountId/access/disable': office('person.access'),
  'POST /api/people/:accountId/access/enable': office('person.access'),
  'POST /api/people/:accountId/access/end-sessions': office('person.access'),
  'POST /api/people/:accountId/access/reset-second-factor': office('person.access'),
  'GET /api/password-policy': policy(),
  'PUT /api/password-policy': policy(body({ minLength: 8, refuseCommon: true, version: 0 })),
};
