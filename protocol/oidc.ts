import { z } from 'zod';
import { WallMs } from './ids.ts';

/*
 * Signing in with another system's account (OpenID Connect, authorization code with PKCE). The sign-in page offers
 * what `GET /api/sign-in/ways` lists as `providers`.
 *
 *   GET    /api/sign-in/providers/:id?next=/…   302 to the provider
 *   GET    /api/oidc/callback?code&state       302 to `next`; what went wrong to /sign-in?problem=<OidcProblem>
 *   POST   /api/identities                      IdentityLink → ProviderAddress  (where to go to link one more)
 *   GET    /api/identities                      Identity[]                      (one's own)
 *   DELETE /api/identities/:identityId          → Identity[]
 */

/** Why it did not work, for the sign-in page (`?problem=`). */
export const OidcProblem = z.enum([
  'OIDC_AWAY',
  'OIDC_REFUSED',
  'OIDC_EXPIRED',
  'OIDC_NO_ACCOUNT',
  'OIDC_UNVERIFIED',
  'OIDC_AMBIGUOUS',
  'OIDC_DISABLED',
  'OIDC_TAKEN',
  'OIDC_FAILED',
]);
export type OidcProblem = z.infer<typeof OidcProblem>;

export const Identity = z.object({
  identityId: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  /** The provider's name as it stands on its button. */
  providerName: z.string(),
  linkedAt: WallMs,
});
export type Identity = z.infer<typeof Identity>;

/** A path of this platform; never another site's address. */
export const LocalPath = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[^\s\\]*$/);
export const ProviderStart = z.object({ next: LocalPath.default('/').catch('/') });
export const IdentityLink = z.object({ next: LocalPath.default('/') });
export const ProviderAddress = z.object({ address: z.string() });
export type ProviderAddress = z.infer<typeof ProviderAddress>;
