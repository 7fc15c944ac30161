import { type Request, Router } from 'express';
import { z } from 'zod';
import { BellChange, BellCopy, BellDraft, type BellsSaved, type SchoolBells } from '#protocol/bells.ts';
import { clockOf, Day, dayAndMinuteOf } from '#protocol/calendar.ts';
import { AppError } from '#protocol/errors.ts';
import { Id } from '#protocol/ids.ts';
import { TableFormat } from '#protocol/table.ts';
import { actorOf } from '../audit/audit.ts';
import { accountOf } from '../http/guards.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { reachable } from '../office/reachable.ts';
import { type ExportColumn, sendTable } from '../office/table-export.ts';
import type { PairingLessons } from '../pairing/pairing-lessons.ts';
import { sharesLessons } from '../pairing/sides.ts';
import { BellRepository } from './bell-repository.ts';

const DayQuery = z.object({ day: Day.optional(), format: TableFormat.optional() });
const BELL_TABLE: readonly ExportColumn<SchoolBells>[] = [
  { title: '学校', value: ({ organizationName }) => organizationName },
  { title: '作息', value: ({ bells }) => bells?.name },
  { title: '从哪天起', value: ({ bells }) => bells?.startsOn },
  {
    title: '节次',
    value: ({ bells }) =>
      bells?.periods
        .map((each) => `第${each.period}节 ${clockOf(each.startsMinute)}-${clockOf(each.endsMinute)}`)
        .join('；'),
  },
];
const VersionQuery = z.object({ version: z.coerce.number().int() });

/** Schools' bell times; see `protocol/bells.ts`. */
export function bellRoutes({ db, config, office, audit }: OfficeParts, lessons: PairingLessons): Router {
  const router = Router();
  const bells = new BellRepository(db, lessons);
  const today = () => dayAndMinuteOf(Date.now(), config.school.timeZone).day;

  const changed = (request: Request, organizationId: Id, id: Id, detail: Record<string, unknown>) =>
    audit.write(actorOf(request), {
      action: 'term.changed',
      organizationId,
      object: { kind: 'bells', id },
      detail,
    });
  /** The schedule of the address, where the caller may edit. */
  const editable = async (request: Request) => {
    const scheduleId = Id.parse(request.params.scheduleId);
    const schedule = await bells.one(scheduleId);
    await office.mustMay(accountOf(request), 'term.edit', schedule?.organizationId ?? null);
    return schedule!;
  };

  router.get('/bells', async (request, response) => {
    const account = accountOf(request);
    await office.mustMay(account, 'term.see', account.organizationId);
    const { day = today(), format } = DayQuery.parse(request.query);
    const seen = await reachable(db, office, account, 'term.see');
    const editable = await reachable(db, office, account, 'term.edit');
    const rows = await bells.onDay(day, [...seen], editable);
    if (!format) return void response.json(rows);
    await audit.write(actorOf(request), {
      action: 'table.exported',
      organizationId: account.organizationId,
      detail: { table: 'bells', rows: rows.length },
    });
    await sendTable(response, { format, name: '节次', columns: BELL_TABLE, rows });
  });

  router.get('/bells/:organizationId', async (request, response) => {
    const account = accountOf(request);
    const organizationId = Id.parse(request.params.organizationId);
    const own = office.where(account, 'term.see', 'one.organization_id');
    if (!(await sharesLessons(db, own, organizationId)))
      await office.mustMay(account, 'term.see', organizationId);
    response.json(await bells.ofOrganization(organizationId));
  });

  router.post('/bells', async (request, response) => {
    const draft = BellDraft.parse(request.body);
    await office.mustMay(accountOf(request), 'term.edit', draft.organizationId);
    const { scheduleId, lessons } = await bells.create(draft, accountOf(request).accountId);
    await changed(request, draft.organizationId, scheduleId, { what: 'created', lessons });
    const saved: BellsSaved = { bells: (await bells.one(scheduleId))!, lessons };
    response.status(201).json(saved);
  });

  router.post('/bells/copies', async (request, response) => {
    const account = accountOf(request);
    const { scheduleId, startsOn, organizationIds } = BellCopy.parse(request.body);
    await office.mustMay(account, 'term.edit', account.organizationId);
    const source = await bells.one(scheduleId);
    await office.mustMay(account, 'term.see', source?.organizationId ?? null);
    const may = await reachable(db, office, account, 'term.edit');
    const targets = [...new Set(organizationIds)].filter((id) => id !== source!.organizationId);
    if (targets.length === 0 || targets.some((id) => !may.has(id)))
      throw new AppError('NOT_FOUND', 'not all of these schools');
    const copied = await bells.copy(source!, startsOn, targets, accountOf(request).accountId);
    for (const id of targets) await changed(request, id, scheduleId, { what: 'copied', startsOn });
    response.json(copied);
  });

  router.put('/bells/:scheduleId', async (request, response) => {
    const { scheduleId, organizationId } = await editable(request);
    const lessons = await bells.change(
      scheduleId,
      BellChange.parse(request.body),
      accountOf(request).accountId,
    );
    await changed(request, organizationId, scheduleId, { what: 'changed', lessons });
    const saved: BellsSaved = { bells: (await bells.one(scheduleId))!, lessons };
    response.json(saved);
  });

  router.delete('/bells/:scheduleId', async (request, response) => {
    const { scheduleId, organizationId } = await editable(request);
    const lessons = await bells.remove(
      scheduleId,
      VersionQuery.parse(request.query).version,
      accountOf(request).accountId,
    );
    await changed(request, organizationId, scheduleId, { what: 'removed', lessons });
    response.json({});
  });

  return router;
}
