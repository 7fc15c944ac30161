import { type Request, Router } from 'express';
import { z } from 'zod';
import { Id } from '#protocol/ids.ts';
import { TableFormat } from '#protocol/table.ts';
import { type Term, TermChange, TermDraft, type TermSaved } from '#protocol/term.ts';
import { actorOf } from '../audit/audit.ts';
import { accountOf } from '../http/guards.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { type ExportColumn, sendTable } from '../office/table-export.ts';
import type { PairingLessons } from '../pairing/pairing-lessons.ts';
import { TermRepository } from './term-repository.ts';

const ListQuery = z.object({ organizationId: Id.optional(), format: TableFormat.optional() });
const TERM_TABLE: readonly ExportColumn<Term>[] = [
  { title: '名称', value: ({ name }) => name },
  { title: '适用机构', value: ({ organizationName }) => organizationName },
  { title: '第一天', value: ({ startsOn }) => startsOn },
  { title: '最后一天', value: ({ endsOn }) => endsOn },
  { title: '周数', value: ({ weeks }) => weeks },
  {
    title: '放假',
    value: ({ holidays }) => holidays.map(({ name, from, to }) => `${name} ${from}—${to}`).join('；'),
  },
  {
    title: '调休上课',
    value: ({ workdays }) => workdays.map(({ name, day }) => `${day} ${name}`).join('；'),
  },
];
const VersionQuery = z.object({ version: z.coerce.number().int() });

/** Terms with their holidays; see `protocol/term.ts`. */
export function termRoutes({ db, config, office, audit }: OfficeParts, lessons: PairingLessons): Router {
  const router = Router();
  const terms = new TermRepository(db, office, lessons, config.school.timeZone);

  const changed = (request: Request, termId: Id, organizationId: Id, detail: Record<string, unknown>) =>
    audit.write(actorOf(request), {
      action: 'term.changed',
      organizationId,
      object: { kind: 'term', id: termId },
      detail,
    });
  /** The term of the address, where the caller may edit. */
  const editable = async (request: Request) => {
    const termId = Id.parse(request.params.termId);
    const organizationId = await terms.organizationOf(termId);
    await office.mustMay(accountOf(request), 'term.edit', organizationId);
    return { termId, organizationId: organizationId! };
  };

  router.get('/terms', async (request, response) => {
    const account = accountOf(request);
    const { organizationId, format } = ListQuery.parse(request.query);
    await office.mustMay(account, 'term.see', organizationId ?? account.organizationId);
    const rows = organizationId
      ? await terms.holdingAt(organizationId, account)
      : await terms.seenBy(account);
    if (!format) return void response.json(rows);
    await audit.write(actorOf(request), {
      action: 'table.exported',
      organizationId: account.organizationId,
      detail: { table: 'terms', rows: rows.length },
    });
    await sendTable(response, { format, name: '学期', columns: TERM_TABLE, rows });
  });

  router.get('/terms/:termId', async (request, response) => {
    const account = accountOf(request);
    await office.mustMay(account, 'term.see', account.organizationId);
    response.json(await terms.one(Id.parse(request.params.termId), account));
  });

  router.post('/terms', async (request, response) => {
    const account = accountOf(request);
    const draft = TermDraft.parse(request.body);
    await office.mustMay(account, 'term.edit', draft.organizationId);
    const termId = await terms.create(draft);
    const { name, startsOn, endsOn } = draft;
    await changed(request, termId, draft.organizationId, { what: 'created', name, startsOn, endsOn });
    response.status(201).json(await terms.one(termId, account));
  });

  router.put('/terms/:termId', async (request, response) => {
    const { termId, organizationId } = await editable(request);
    const change = TermChange.parse(request.body);
    const lessons = await terms.change(termId, change, accountOf(request).accountId);
    const { name, startsOn, endsOn } = change;
    await changed(request, termId, organizationId, { what: 'changed', name, startsOn, endsOn, lessons });
    const saved: TermSaved = { term: await terms.one(termId, accountOf(request)), lessons };
    response.json(saved);
  });

  router.delete('/terms/:termId', async (request, response) => {
    const { termId, organizationId } = await editable(request);
    await terms.remove(termId, VersionQuery.parse(request.query).version);
    await changed(request, termId, organizationId, { what: 'removed' });
    response.json({});
  });

  return router;
}
