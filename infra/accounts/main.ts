import { join } from 'node:path';
import { ConfigError, loadConfig } from '#platform/config.ts';
import { FolderLockedError } from '#platform/database/folder-lock.ts';
import { DatabaseAwayError } from '#platform/database/postgres.ts';
import { createLogger } from '#platform/logger.ts';
import { foldLogin } from '#protocol/sign-in.ts';
import { AccountRepository } from '../../signaling/src/account/account-repository.ts';
import { Audit, PLATFORM } from '../../signaling/src/audit/audit.ts';
import { openDatabase } from '../../signaling/src/database/database.ts';
import { OfficeAccess } from '../../signaling/src/office/office-access.ts';
import { type SignInParts, signInParts } from '../../signaling/src/sign-in/sign-in-parts.ts';

/*
 * `npm run accounts -- first-link`: a new link to make the first administrator, while there is none.
 * `npm run accounts -- link <login>`: when nobody else can help somebody in: a link to a new password; their second
 * factor is taken away and they are signed out. Whoever may run this owns the database already.
 *
 * On a PostgreSQL server both work while the platform runs. The embedded database belongs to the running platform,
 * which prints the first link itself at each start; for the other, stop it first.
 */

const USAGE = 'usage: npm run accounts -- first-link | link <login>';
const [verb, login] = process.argv.slice(2);
try {
  if (verb !== 'first-link' && (verb !== 'link' || !login)) throw new ConfigError(USAGE);
  const config = loadConfig();
  const { url } = config.database;
  const database = await openDatabase(url ? { url } : join(config.dataDir, 'database'));
  try {
    const { db } = database;
    const accounts = new AccountRepository(db, config.session.ttlHours);
    const logger = createLogger('accounts', config.logLevel);
    const shared = { db, config, accounts, logger, office: new OfficeAccess(db), audit: new Audit(db) };
    const parts = signInParts(shared);
    const path = verb === 'link' ? await linkFor(parts, login!) : await parts.firstStart.newLink();
    if (path === null)
      throw new ConfigError('no first link: the demo is on, or somebody administers already');
    process.stdout.write(`${addressOf(config.http.port)}${path}\n`);
  } finally {
    await database.close();
  }
} catch (error) {
  const isLocked = error instanceof FolderLockedError;
  const known = isLocked || error instanceof ConfigError || error instanceof DatabaseAwayError;
  const more = isLocked
    ? 'The running platform prints the first link when it starts; for another link, stop it first.\n'
    : '';
  process.stderr.write(`${known ? (error as Error).message : (error as Error).stack}\n${more}`);
  process.exitCode = 1;
}

function addressOf(port: number): string {
  return `http://localhost:${port}`;
}

async function linkFor(parts: SignInParts, wanted: string): Promise<string> {
  const row = await parts.db
    .selectFrom('account')
    .select(['id', 'organization_id'])
    .where(({ fn }) => fn<string>('lower', ['login']), '=', foldLogin(wanted))
    .where('disabled_at', 'is', null)
    .where('archived_at', 'is', null)
    .executeTakeFirst();
  if (!row) throw new ConfigError(`nobody who may sign in has the login ${wanted}`);
  const { id: accountId } = row;
  await parts.factors.remove(accountId);
  await parts.passkeys.removeAll(accountId);
  await parts.accounts.endSessions({ accountId }, 'secondFactor');
  const options = { accountId, createdBy: null, hours: parts.linkHours };
  const { token } = await parts.links.create('setPassword', options);
  await parts.audit.write(PLATFORM, {
    action: 'access.password',
    organizationId: row.organization_id,
    object: { kind: 'account', id: accountId },
    detail: { link: true, by: 'command' },
  });
  return `/sign-in/link#${token}`;
}
