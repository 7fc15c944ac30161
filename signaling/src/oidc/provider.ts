import * as client from 'openid-client';
import type { Config } from '#platform/config.ts';

/** The provider answers within this, or it is away. */
const TIMEOUT_SECONDS = 8;

/** What a provider says of somebody who has signed in there. */
export interface Claims {
  readonly sub: string;
  readonly [claim: string]: unknown;
}

/** What is kept between leaving for the provider and coming back. */
export interface Leaving {
  state: string;
  nonce: string;
  codeVerifier: string;
  address: string;
}

/** One OpenID Connect provider. What it says of itself is fetched when first needed, and again after a failure. */
export class Provider {
  readonly #config: Config['oidc'];
  #known: { issuer: string; asking: Promise<client.Configuration> } | null = null;

  constructor(config: Config['oidc']) {
    this.#config = config;
  }

  /** Under which its people are kept; the same for ever. */
  get issuer(): string {
    return this.#config.issuer;
  }

  /** Where somebody is sent to sign in. @throws whatever fetching throws while the provider is away. */
  async leave(redirectUri: string): Promise<Leaving> {
    const configuration = await this.#configuration();
    const codeVerifier = client.randomPKCECodeVerifier();
    const leaving = { state: client.randomState(), nonce: client.randomNonce(), codeVerifier };
    const address = client.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: this.#config.scopes,
      state: leaving.state,
      nonce: leaving.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
    });
    return { ...leaving, address: address.href };
  }

  /**
   * Who has come back at `address`, with all that the provider tells of them.
   * @throws client.AuthorizationResponseError when they or the provider refused.
   */
  async arrive(
    address: URL,
    { state, nonce, codeVerifier }: Pick<Leaving, 'state' | 'nonce' | 'codeVerifier'>,
  ): Promise<Claims> {
    const configuration = await this.#configuration();
    const tokens = await client.authorizationCodeGrant(configuration, address, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: codeVerifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims()!;
    if (!configuration.serverMetadata().userinfo_endpoint) return claims;
    // Many providers tell names and numbers only here.
    const more = await client.fetchUserInfo(configuration, tokens.access_token, claims.sub);
    return { ...more, ...claims };
  }

  #configuration(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.#config;
    if (this.#known?.issuer === issuer) return this.#known.asking;
    const asking = client.discovery(new URL(issuer), clientId, clientSecret || undefined, undefined, {
      timeout: TIMEOUT_SECONDS,
      // The configuration allows plain HTTP on this very machine alone.
      ...(issuer.startsWith('http:') && { execute: [client.allowInsecureRequests] }),
    });
    this.#known = { issuer, asking };
    asking.catch(() => {
      this.#known = null;
    });
    return asking;
  }
}
