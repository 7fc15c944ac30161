import type { Config } from '#platform/config.ts';
import type { Id } from '#protocol/ids.ts';
import type { OidcProblem } from '#protocol/oidc.ts';
import { cleanText, lengthOf } from '#protocol/text.ts';
import type { IdentityRepository } from './identity-repository.ts';
import type { Claims } from './provider.ts';

/** A person of the provider who could not be let in, and why. */
export class NotLetIn extends Error {
  readonly problem: OidcProblem;
  constructor(problem: OidcProblem) {
    super(problem);
    this.problem = problem;
  }
}

export interface Arrived {
  accountId: Id;
  /** What was done for it; null: nothing, the identity was known. */
  how: 'claim' | 'created' | null;
}

/** Claims that people often write themselves: they count only where the provider has verified them. */
const SELF_TOLD = ['email', 'phone_number'];
const NAME_MAX = 40;

/**
 * Which account somebody from the provider is: the one that is linked; else the one whose login or number the
 * configured claim says, and no other claim; else, where that is switched on, a new one.
 * @throws NotLetIn
 */
export async function accountOf(
  identities: IdentityRepository,
  config: Config['oidc'],
  claims: Claims,
): Promise<Arrived> {
  const provider = config.issuer;
  const known = await identities.accountOf(provider, claims.sub);
  if (known?.disabled) throw new NotLetIn('OIDC_DISABLED');
  if (known) return { accountId: known.accountId, how: null };
  const claimed = await byClaim(identities, config, claims);
  if (claimed) return { accountId: claimed, how: 'claim' };
  if (!config.createIn) throw new NotLetIn('OIDC_NO_ACCOUNT');
  const name = nameOf(claims);
  if (!name) throw new NotLetIn('OIDC_NO_ACCOUNT');
  const person = { name, role: config.createRole, provider, subject: claims.sub };
  const created = await identities.create(config.createIn, person);
  if (!created) throw new NotLetIn('OIDC_FAILED');
  return { accountId: created.accountId, how: 'created' };
}

async function byClaim(
  identities: IdentityRepository,
  { issuer, linkClaim, linkField }: Config['oidc'],
  claims: Claims,
): Promise<Id | null> {
  const told = linkClaim ? claims[linkClaim] : undefined;
  const value = typeof told === 'number' ? String(told) : told;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const verified = claims[`${linkClaim}_verified`];
  const mustBeVerified = SELF_TOLD.includes(linkClaim) || verified !== undefined;
  const found = await identities.candidates(issuer, linkField, value.trim());
  if (found.length === 0) return null;
  if (mustBeVerified && verified !== true) throw new NotLetIn('OIDC_UNVERIFIED');
  const [only, second] = found;
  if (!only || second) throw new NotLetIn('OIDC_AMBIGUOUS');
  if (only.disabled) throw new NotLetIn('OIDC_DISABLED');
  // A number or an address that was given to somebody new must not open the account of who had it before.
  if (only.taken || !(await identities.link(issuer, claims.sub, only.accountId)))
    throw new NotLetIn('OIDC_TAKEN');
  return only.accountId;
}

function nameOf({ name, preferred_username }: Claims): string {
  const told = [name, preferred_username].find((text) => typeof text === 'string' && text.trim() !== '');
  const text = cleanText(String(told ?? ''));
  return lengthOf(text) <= NAME_MAX ? text : [...text].slice(0, NAME_MAX).join('');
}
