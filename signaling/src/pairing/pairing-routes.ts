import express, { type Request, Router } from 'express';
import { type Expression, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import { Day, dayAndMinuteOf } from '#protocol/calendar.ts';
import type { Account } from '#protocol/domain.ts';
import { AppError } from '#protocol/errors.ts';
import { Id } from '#protocol/ids.ts';
import {
  type ActReport,
  type Pairing,
  PairingAct,
  type PairingActKind,
  PairingActs,
  PairingBulk,
  PairingChange,
  PairingDraft,
  PairingDuplicate,
  PairingQuery,
  type PairingSaved,
} from '#protocol/pairing.ts';
import { type LessonChanges, NO_CHANGES } from '#protocol/term.ts';
import { actorOf } from '../audit/audit.ts';
import { accountOf } from '../http/guards.ts';
import type { OfficeParts } from '../office/office-api.ts';
import { sendTable } from '../office/table-export.ts';
import { bulkPairings, duplicatePairings } from './bulk.ts';
import { checkDraft } from './check-draft.ts';
import { type PairingLessons, sumOf } from './pairing-lessons.ts';
import { PairingReader } from './pairing-reader.ts';
import { PAIRING_TABLE } from './pairing-table.ts';
import { PairingWriter } from './pairing-writer.ts';
import { choicesOf, draftReach, partnerSchools } from './partners.ts';

const VersionQuery = z.object({ version: z.coerce.number().int() });
const ChoicesQuery = z.object({ organizationId: Id, day: Day.optional() });

/** Reads the table of a county's pairings; stands before the application's own parser. */
export function pairingBodies(): Router {
  const router = Router();
  const signedIn: express.RequestHandler = (request, _response, next) => {
    accountOf(request);
    next();
  };
  router.post('/pairings/bulk', signedIn, express.json({ limit: '1mb' }));
  return router;
}

/** Who shares lessons with whom; see `protocol/pairing.ts`. */
export function pairingRoutes({ db, config, office, audit }: OfficeParts, lessons: PairingLessons): Router {
  const router = Router();
  const reader = new PairingReader(db, office);
  const writer = new PairingWriter(db, lessons);

  /** The pairing of the address as the caller sees it. */
  const seen = async (request: Request): Promise<Pairing> => {
    const pairing = await reader.one(Id.parse(request.params.pairingId), accountOf(request));
    if (!pairing) throw new AppError('NOT_FOUND', 'no such pairing');
    return pairing;
  };
  /** The same, for who may change pairings at all. @throws AppError FORBIDDEN for everybody else */
  const changeable = async (request: Request): Promise<Pairing> => {
    await mustEdit(accountOf(request));
    return await seen(request);
  };
  const mustEdit = (account: Account) => office.mustMay(account, 'pairing.edit', account.organizationId);
  const noted = (request: Request, pairing: Pairing, detail: Record<string, unknown>) =>
    audit.write(actorOf(request), {
      action: 'pairing.changed',
      organizationId: pairing.master.organizationId,
      object: { kind: 'pairing', id: pairing.pairingId },
      detail: { ...detail, sides: pairing.remotes.map(({ organizationId }) => organizationId) },
    });
  const saved = async (
    request: Request,
    pairingId: Id,
    lessons: LessonChanges,
    detail: Record<string, unknown>,
  ): Promise<PairingSaved> => {
    const pairing = (await reader.one(pairingId, accountOf(request)))!;
    await noted(request, pairing, { ...detail, state: pairing.state, lessons });
    return { pairing, lessons };
  };
  const act = async (request: Request, pairing: Pairing, { version, ...act }: PairingAct) => {
    const changes = await writer.act(
      pairing.pairingId,
      version,
      act,
      accountOf(request).accountId,
      mustMayAct(pairing, act),
    );
    const { act: what, ...rest } = act;
    return await saved(request, pairing.pairingId, changes, { what, ...rest });
  };

  router.get('/pairings', async (request, response) => {
    const { termId, state, search, format } = PairingQuery.parse(request.query);
    const conditions: Expression<SqlBool>[] = [
      ...(termId ? [sql<SqlBool>`pairing.term_id = ${termId}`] : []),
      ...(state ? [sql<SqlBool>`pairing.state = ${state}`] : []),
    ];
    const where = conditions.reduce((all, each) => sql<SqlBool>`${all} and ${each}`, sql<SqlBool>`true`);
    const pairings = (await reader.seenBy(accountOf(request), where)).filter((each) =>
      hasWords(each, search),
    );
    if (!format) return void response.json(pairings);
    await audit.write(actorOf(request), {
      action: 'table.exported',
      organizationId: accountOf(request).organizationId,
      detail: { table: 'pairings', rows: pairings.length },
    });
    await sendTable(response, { format, name: '结对', columns: PAIRING_TABLE, rows: pairings });
  });

  router.get('/pairings/mine', async (request, response) => {
    const waiting = await reader.seenBy(accountOf(request), sql<SqlBool>`pairing.state = 'pending'`);
    response.json(waiting.filter((pairing) => sidesToApprove(pairing).length > 0));
  });

  router.get('/pairings/schools', async (request, response) => {
    const account = accountOf(request);
    await mustEdit(account);
    response.json(await partnerSchools(db, office, account));
  });

  router.get('/pairings/choices', async (request, response) => {
    const account = accountOf(request);
    await mustEdit(account);
    const { organizationId, day = dayAndMinuteOf(Date.now(), config.school.timeZone).day } =
      ChoicesQuery.parse(request.query);
    const known = await partnerSchools(db, office, account);
    if (!known.some((school) => school.organizationId === organizationId))
      throw new AppError('NOT_FOUND', 'no such school');
    response.json(await choicesOf(db, office, account, organizationId, day));
  });

  router.post('/pairings', async (request, response) => {
    const account = accountOf(request);
    await mustEdit(account);
    const draft = PairingDraft.parse(request.body);
    const checked = await checkDraft(db, draft, await draftReach(db, office, account));
    const pairingId = await writer.create(checked, account.accountId);
    response.status(201).json(await saved(request, pairingId, NO_CHANGES, { what: 'created' }));
  });

  router.post('/pairings/bulk', async (request, response) => {
    const account = accountOf(request);
    await mustEdit(account);
    const bulk = PairingBulk.parse(request.body);
    const { report, pairingIds } = await bulkPairings(db, office, account, bulk);
    for (const pairingId of pairingIds) await begun(request, pairingId, bulk.submit, 'bulk');
    response.json(report);
  });

  router.post('/pairings/duplicates', async (request, response) => {
    const account = accountOf(request);
    await mustEdit(account);
    const wish = PairingDuplicate.parse(request.body);
    const { report, pairingIds } = await duplicatePairings(db, office, account, wish);
    for (const pairingId of pairingIds) await begun(request, pairingId, wish.submit, 'duplicated');
    response.json(report);
  });

  /** A new pairing of many: noted, and handed in where that was wished and it is whole. */
  const begun = async (request: Request, pairingId: Id, submit: boolean, what: string) => {
    const { pairing } = await saved(request, pairingId, NO_CHANGES, { what });
    if (!submit) return;
    await act(request, pairing, { act: 'submit', version: pairing.version }).catch((thrown: unknown) => {
      if (AppError.from(thrown).code !== 'FIELDS') throw thrown;
    });
  };

  router.post('/pairings/acts', async (request, response) => {
    await mustEdit(accountOf(request));
    const { pairings, ...wish } = PairingActs.parse(request.body);
    const report: ActReport = { done: [], refused: [], lessons: NO_CHANGES };
    for (const { pairingId, version } of pairings)
      try {
        const pairing = await reader.one(pairingId, accountOf(request));
        if (!pairing) throw new AppError('NOT_FOUND', 'no such pairing');
        const { lessons } = await act(request, pairing, { ...wish, version });
        report.done.push(pairingId);
        report.lessons = sumOf(report.lessons, lessons);
      } catch (thrown) {
        report.refused.push({ pairingId, code: AppError.from(thrown).code });
      }
    response.json(report);
  });

  router.get('/pairings/:pairingId', async (request, response) => {
    response.json(await seen(request));
  });

  router.put('/pairings/:pairingId', async (request, response) => {
    const { pairingId, mayEdit } = await changeable(request);
    if (!mayEdit) throw new AppError('FORBIDDEN', 'the master school edits it, while it is open');
    const { version, ...draft } = PairingChange.parse(request.body);
    const checked = await checkDraft(db, draft, await draftReach(db, office, accountOf(request)));
    const changes = await writer.change(pairingId, version, checked, accountOf(request).accountId);
    response.json(await saved(request, pairingId, changes, { what: 'changed' }));
  });

  router.post('/pairings/:pairingId/state', async (request, response) => {
    const pairing = await changeable(request);
    response.json(await act(request, pairing, PairingAct.parse(request.body)));
  });

  router.delete('/pairings/:pairingId', async (request, response) => {
    const pairing = await changeable(request);
    if (!pairing.mayEdit) throw new AppError('FORBIDDEN', 'the master school edits it, while it is open');
    await writer.remove(pairing.pairingId, VersionQuery.parse(request.query).version);
    await noted(request, pairing, { what: 'removed' });
    response.json({});
  });

  return router;
}

/** @returns for which sides the caller agrees, where it is about agreeing. @throws AppError FORBIDDEN */
function mustMayAct(pairing: Pairing, act: PairingActKind): Id[] {
  const refused = () => new AppError('FORBIDDEN', `may not ${act.act} it`);
  switch (act.act) {
    case 'submit':
      if (!pairing.mayEdit) throw refused();
      return [];
    case 'approve':
    case 'return': {
      const sides = [pairing.master, ...pairing.remotes].filter(({ mayApprove }) => mayApprove);
      if (sides.length === 0) throw refused();
      const wished = act.act === 'approve' ? act.organizationIds : undefined;
      return sides.map(({ organizationId }) => organizationId).filter((id) => wished?.includes(id) ?? true);
    }
    default:
      if (!pairing.maySteer && !pairing.mayEdit) throw refused();
      return [];
  }
}

const sidesToApprove = ({ master, remotes }: Pairing): Id[] =>
  [master, ...remotes]
    .filter(({ mayApprove, approvedAt }) => mayApprove && approvedAt === null)
    .map(({ organizationId }) => organizationId);

/** As the page's own search box looks: in the names of both sides, courses and teachers. */
function hasWords({ master, remotes, courses }: Pairing, search = ''): boolean {
  const text = [
    ...[master, ...remotes].flatMap(({ organizationName, classGroup }) => [
      organizationName,
      classGroup.name,
    ]),
    ...courses.flatMap(({ subject, teacher }) => [subject, teacher.name]),
  ].join(' ');
  return text.toLowerCase().includes(search.toLowerCase());
}
