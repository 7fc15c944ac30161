/** The provider library of the tests has no types of its own; this is what they use of it. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export default class Provider {
    constructor(
      issuer: string,
      options: {
        clients: Record<string, unknown>[];
        pkce: { required(): boolean };
        claims: Record<string, string[]>;
        features: { devInteractions: { enabled: boolean } };
        interactions: { url(context: unknown, interaction: { uid: string }): string };
        findAccount(context: unknown, accountId: string): { accountId: string; claims(): { sub: string } };
        cookies: { keys: string[] };
      },
    );
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
    interactionDetails(
      request: IncomingMessage,
      response: ServerResponse,
    ): Promise<{ params: Record<string, unknown> }>;
    interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>;
    Grant: new (of: {
      accountId: string;
      clientId: string;
    }) => { addOIDCScope(scope: string): void; save(): Promise<string> };
  }
}
