import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Router } from 'express';
import { sql } from 'kysely';
import { Config } from '#platform/config.ts';
import { AuditChain, AuditEntry } from '#protocol/audit.ts';
import { AppError } from '#protocol/errors.ts';
import { tablePage } from '#protocol/table.ts';
import { TestApp } from '../../testing/app.ts';
import type { TestPerson } from '../../testing/person.ts';
import { auditRoutes } from './audit-routes.ts';

let app: TestApp;
let auditor: TestPerson;
const Page = tablePage(AuditEntry);

beforeAll(async () => {
  app = await TestApp.open(
    (parts) => ({
      api: [
        auditRoutes({ ...parts, config: Config.parse({ dataDir: parts.dataDir }) } as never),
        Router().all('/forbidden/:id', () => {
          throw new AppError('FORBIDDEN', 'nobody may');
        }),
      ],
    }),
    { refusals: true },
  );
  const { db, audit } = app.parts;
  // A role that the demo has nobody of.
  const researcher = (await app.signIn('林芳')).account!;
  await db
    .updateTable('account_role')
    .set({ role: 'auditor' })
    .where('account_id', '=', researcher.accountId)
    .execute();
  auditor = await app.signIn('林芳');
  const teacher = (await app.signIn('陈静')).account!;
  const elsewhere = { account: null, address: '' };
  const { organizationId } = teacher;
  const object = { kind: 'person', id: teacher.accountId };
  await audit.write(
    { account: teacher, address: '10.0.0.7' },
    { action: 'person.changed', organizationId, object },
  );
  await audit.write(elsewhere, {
    action: 'signIn.failed',
    result: 'refused',
    organizationId,
    detail: { login: '=1+1', sides: [organizationId] },
  });
  await audit.write(elsewhere, { action: 'lesson.moved', organizationId: 'of another county' });
});
afterAll(() => app.close());

test('an auditor reads who did what to what, of their own organizations, newest first', async () => {
  const all = await auditor.get(Page, 'GET', '/api/audit');
  expect(all.total).toBe(2);
  expect(all.rows[1]).toMatchObject({
    ...{ accountName: '陈静', role: 'teacher', action: 'person.changed', address: '10.0.0.7', result: 'ok' },
    object: { kind: 'person', name: '陈静' },
  });
  expect(Object.values(all.rows[0]!.names)).toEqual(['清河县实验小学']);
  for (const [filter, total] of [
    ['search=陈', 1],
    ['search=%25', 0],
    ['action=signIn.failed', 1],
    ['result=refused', 1],
    ['from=2020-01-01&to=2020-12-31', 0],
    ['from=2020-01-01', 2],
  ] as const)
    expect([filter, (await auditor.get(Page, 'GET', `/api/audit?${filter}`)).total]).toEqual([filter, total]);
});

test('the log goes out as a file, which is a line of the log itself', async () => {
  const { headers, body } = await auditor.ask('GET', '/api/audit?format=csv&result=refused');
  expect(headers.get('content-type')).toContain('text/csv');
  expect(body).toContain('登录失败');
  const [newest] = (await auditor.get(Page, 'GET', '/api/audit')).rows;
  expect(newest).toMatchObject({
    action: 'audit.exported',
    detail: { format: 'csv', rows: 1, result: 'refused' },
  });
});

test('nobody else reads it, and a change is named', async () => {
  for (const path of ['/api/audit', '/api/audit/chain'])
    expect(await (await app.signIn('陈静')).code('GET', path)).toBe('FORBIDDEN');
  await sql`alter table audit_entry disable trigger audit_entry_stands`.execute(app.db);
  await sql`update audit_entry set address = '10.0.0.8' where seq = 1`.execute(app.db);
  expect(await auditor.get(AuditChain, 'GET', '/api/audit/chain')).toMatchObject({
    ...{ whole: false, problems: [{ kind: 'changed', seq: 1 }] },
  });
});

test('who tries what their role may nowhere stands in the log, once for the same', async () => {
  const pupil = await app.signIn('周明');
  const lines = () =>
    app.db
      .selectFrom('audit_entry')
      .select(['account_name', 'result', 'detail'])
      .where('action', '=', 'access.refused')
      .execute();
  for (const method of ['GET', 'POST', 'POST'])
    expect(await pupil.code(method, '/api/forbidden/1234')).toBe('FORBIDDEN');
  while ((await lines()).length === 0) await new Promise(setImmediate);
  expect(await lines()).toEqual([
    { account_name: '周明', result: 'refused', detail: { method: 'POST', path: '/forbidden/:id' } },
  ]);
});
