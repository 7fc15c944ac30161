import type { Config } from '#platform/config.ts';
import type { Logger } from '#platform/logger.ts';
import type { AccountRepository } from '../account/account-repository.ts';
import type { Audit } from '../audit/audit.ts';
import type { Db } from '../database/database.ts';
import type { OfficeAccess } from '../office/office-access.ts';
import { Attempts } from './attempts.ts';
import { FirstStart } from './first-start.ts';
import { KnownBrowsers } from './known-browser.ts';
import { OneTimeLinks } from './one-time-links.ts';
import { Passkeys } from './passkeys.ts';
import { PasswordHash } from './password-hash.ts';
import { PasswordPolicies } from './password-policy.ts';
import { Passwords } from './passwords.ts';
import { Sealer, signInSecret } from './sealed.ts';
import { SecondFactors } from './second-factors.ts';

/** What authenticator apps and passkey dialogs call this platform. */
const NAME = '三个课堂';

export interface SignInOptions {
  db: Db;
  config: Pick<Config, 'signIn' | 'dataDir' | 'demo'>;
  accounts: AccountRepository;
  office: OfficeAccess;
  audit: Audit;
  logger: Logger;
  /** Wall ms; tests have a clock of their own. */
  now?: () => number;
}

/** Everything that proves who somebody is; put together once. */
export interface SignInParts {
  db: Db;
  demo: boolean;
  linkHours: number;
  accounts: AccountRepository;
  office: OfficeAccess;
  audit: Audit;
  logger: Logger;
  hash: PasswordHash;
  passwords: Passwords;
  factors: SecondFactors;
  passkeys: Passkeys;
  attempts: Attempts;
  known: KnownBrowsers;
  links: OneTimeLinks;
  firstStart: FirstStart;
}

export function signInParts({ db, config, now, ...shared }: SignInOptions): SignInParts {
  const { hashMemoryKib: memoryKib, hashPasses: passes, secret, linkHours } = config.signIn;
  const sealer = new Sealer(signInSecret(secret, config.dataDir));
  const hash = new PasswordHash({ memoryKib, passes });
  const passwords = new Passwords(db, hash, new PasswordPolicies(db));
  const links = new OneTimeLinks(db);
  return {
    ...shared,
    ...{ db, demo: config.demo.enabled, linkHours, hash, passwords, links },
    factors: new SecondFactors(db, sealer, NAME, now),
    passkeys: new Passkeys(db, sealer, NAME),
    attempts: new Attempts(db, now),
    known: new KnownBrowsers(sealer),
    firstStart: new FirstStart(db, links, passwords, config.demo.enabled),
  };
}
