import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError, loadConfig } from '#platform/config.ts';
import { FolderLockedError } from '#platform/database/folder-lock.ts';
import { DatabaseAwayError } from '#platform/database/postgres.ts';
import { AnchorFile } from '../../signaling/src/audit/anchors.ts';
import { Audit, PLATFORM } from '../../signaling/src/audit/audit.ts';
import { FIELDS, type Link, newestLink } from '../../signaling/src/audit/chain.ts';
import { verifyChain } from '../../signaling/src/audit/verify.ts';
import { type Db, openDatabase } from '../../signaling/src/database/database.ts';
import { problemText } from './text.ts';

/*
 * `npm run audit -- verify [--anchor seq:hash] | anchor | export [--from day] [--to day]`. Exit code 0 when the audit is
 * whole, 1 when it is not, 2 when it could not be looked at. `export` writes JSON lines to stdout, hashes included.
 */

const USAGE =
  'usage: npm run audit -- verify [--anchor <seq>:<hash>] | anchor | export [--from YYYY-MM-DD] [--to YYYY-MM-DD]';
const say = (text: string) => process.stdout.write(`${text}\n`);
const PAGE = 1_000;

try {
  process.exitCode = await run();
} catch (error) {
  const known = [ConfigError, FolderLockedError, DatabaseAwayError].some((kind) => error instanceof kind);
  process.stderr.write(`${known ? (error as Error).message : (error as Error).stack}\n`);
  process.exitCode = 2;
}

async function run(): Promise<number> {
  const { verb, anchor, from, to } = readArguments();
  const { database: place, dataDir } = loadConfig();
  const embedded = join(dataDir, 'database');
  if (!place.url && !existsSync(embedded))
    throw new ConfigError(`there is no database in ${embedded} / 这里没有数据库`);
  // Only reads: a database of another version keeps its tables.
  const { db, close } = await openDatabase(place.url ? { url: place.url } : embedded, { migrated: false });
  try {
    const file = new AnchorFile(dataDir);
    if (verb === 'verify') return await verify(db, [...file.read(), ...anchor]);
    if (verb === 'export') return await exportLines(db, dataDir, from, to);
    const newest = await newestLink(db);
    if (newest.seq > 0) file.add(newest);
    say(`${newest.seq}:${newest.hash}`);
    return 0;
  } finally {
    await close();
  }
}

async function verify(db: Db, anchors: readonly Link[]): Promise<number> {
  const { whole, rows, newest, problems } = await verifyChain(db, anchors);
  say(
    `${rows} rows, compared with ${anchors.length} places kept outside of the database / 共 ${rows} 行，库外存有 ${anchors.length} 处对照`,
  );
  for (const problem of problems) say(problemText(problem));
  if (newest) say(`newest / 最新一行 ${newest.seq}:${newest.hash}`);
  say(whole ? 'The audit is whole. / 操作日志完整。' : 'THE AUDIT WAS TAMPERED WITH. / 操作日志被动过。');
  return whole ? 0 : 1;
}

async function exportLines(db: Db, dataDir: string, from: Date | null, to: Date | null): Promise<number> {
  const audit = new Audit(db, { folder: dataDir });
  await audit.write(PLATFORM, { action: 'audit.exported', organizationId: null, detail: { from, to } });
  await audit.close();
  let after = 0;
  for (;;) {
    const rows = await db
      .selectFrom('audit_entry')
      .select([...FIELDS, 'hash'])
      .where('seq', '>', after)
      .$if(from !== null, (query) => query.where('at', '>=', from!))
      .$if(to !== null, (query) => query.where('at', '<', to!))
      .orderBy('seq')
      .limit(PAGE)
      .execute();
    for (const row of rows) say(JSON.stringify(row));
    if (rows.length < PAGE) return 0;
    after = rows.at(-1)!.seq;
  }
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        anchor: { type: 'string', multiple: true, default: [] },
        from: { type: 'string' },
        to: { type: 'string' },
      },
    });
    const [verb, ...more] = positionals;
    if ((verb !== 'verify' && verb !== 'anchor' && verb !== 'export') || more.length > 0) throw new Error();
    const anchor = values.anchor.map((text): Link => {
      const [, seq, hash] = /^(\d+):(\S+)$/.exec(text)!;
      return { seq: Number(seq), hash: hash! };
    });
    return { verb, anchor, from: dayOf(values.from), to: dayOf(values.to) };
  } catch {
    throw new ConfigError(USAGE);
  }
}

function dayOf(text: string | undefined): Date | null {
  if (text === undefined) return null;
  const day = new Date(text);
  if (Number.isNaN(day.getTime())) throw new Error(text);
  return day;
}
