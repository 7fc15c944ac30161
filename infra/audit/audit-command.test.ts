import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { AnchorFile, keepAnchors } from '../../signaling/src/audit/anchors.ts';
import { Audit, PLATFORM } from '../../signaling/src/audit/audit.ts';
import { openDatabase } from '../../signaling/src/database/database.ts';
import { copyMigratedTemplate } from '../../signaling/testing/migrated-template.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'audit-command-'));
const database = join(dataDir, 'database');
const program = fileURLToPath(new URL('./main.ts', import.meta.url));

const run = async (...args: string[]): Promise<{ code: number; out: string; error: string }> =>
  await new Promise((resolve) => {
    const env = { ...process.env, TC_DATA_DIR: dataDir };
    execFile(process.execPath, [program, ...args], { env }, (error, out, words) =>
      resolve({ code: Number(error?.code ?? 0), out, error: words }),
    );
  });

beforeAll(async () => {
  await copyMigratedTemplate(database);
  const { db, close } = await openDatabase(database);
  const audit = new Audit(db);
  for (let n = 1; n <= 6; n += 1)
    await audit.write(PLATFORM, { action: 'lesson.moved', organizationId: null });
  keepAnchors(audit, new AnchorFile(dataDir)).close();
  await close();
}, 30_000);
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

test('the command says that the log is whole, hands it out, and names the row that was changed', async () => {
  expect(await run('verify')).toMatchObject({ code: 0, out: expect.stringContaining('操作日志完整') });
  const { out } = await run('export');
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { seq: number; action: string });
  expect(lines.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(lines.at(-1)!.action).toBe('audit.exported');
  const { db, close } = await openDatabase(database);
  // The platform has the folder now: the command says who.
  const busy = await run('verify');
  expect([busy.code, busy.error]).toEqual([2, expect.stringContaining(String(process.pid))]);
  await sql`alter table audit_entry disable trigger audit_entry_stands`.execute(db);
  await sql`update audit_entry set account_name = 'x' where seq = 4`.execute(db);
  await close();
  expect(await run('verify')).toMatchObject({ code: 1, out: expect.stringContaining('第 4 行被改动') });
}, 60_000);
