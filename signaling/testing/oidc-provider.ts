import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/*
 * A real OpenID Connect provider, as a process of its own. Arguments: its people as JSON ({ sub: claims }), and the
 * redirect address of its one client. Prints its issuer. Whoever is sent to it chooses who they are: `?as=<sub>`
 * behind the interaction's address, or `?as=` to refuse.
 */
const [peopleJson = '{}', redirectUri = ''] = process.argv.slice(2);
const people = JSON.parse(peopleJson) as Record<string, Record<string, unknown>>;

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'three-classrooms',
        client_secret: 'a secret of the test',
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: ['name', 'employee_number'], email: ['email', 'email_verified'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, accountId) => ({
      accountId,
      claims: () => ({ sub: accountId, ...people[accountId] }),
    }),
    cookies: { keys: ['of the test'] },
  });
  const serve = provider.callback();
  server.on('request', (request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    if (!url.pathname.startsWith('/interaction/')) return void serve(request, response);
    void (async () => {
      const { params } = await provider.interactionDetails(request, response);
      const accountId = url.searchParams.get('as');
      if (!accountId) {
        const refusal = { error: 'access_denied', error_description: 'the person refused' };
        return await provider.interactionFinished(request, response, refusal);
      }
      const grant = new provider.Grant({ accountId, clientId: String(params.client_id) });
      grant.addOIDCScope(String(params.scope));
      const result = { login: { accountId }, consent: { grantId: await grant.save() } };
      await provider.interactionFinished(request, response, result);
    })();
  });
  process.stdout.write(`${issuer}\n`);
});
process.on('disconnect', () => process.exit());
