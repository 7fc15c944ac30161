import { newId } from '#platform/ids.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import {
  mayBecome,
  type PairingActKind,
  type PairingSlotDraft,
  type PairingState,
} from '#protocol/pairing.ts';
import type { LessonChanges } from '#protocol/term.ts';
import type { Db } from '../database/database.ts';
import { type PairingTelling, tellOfPairing, withdrawPairing } from '../notice/pairing-news.ts';
import { overtaken } from '../office/overtaken.ts';
import { type Agreed, affectedSides } from './affected.ts';
import { type CheckedDraft, mustBeWhole } from './check-draft.ts';
import type { PairingLessons } from './pairing-lessons.ts';

/** Changes pairings; who may is known to the routes. Each change is one transaction, its lessons included. */
export class PairingWriter {
  readonly #db: Db;
  readonly #lessons: PairingLessons;

  constructor(db: Db, lessons: PairingLessons) {
    this.#db = db;
    this.#lessons = lessons;
  }

  async create(checked: CheckedDraft, createdBy: Id): Promise<Id> {
    return await this.#db.transaction().execute((trx) => insertPairing(trx, checked, createdBy));
  }

  /**
   * An edit of one that is agreed waits again for the sides that it touches (`affectedSides`), and its lessons stay
   * as they are meanwhile. @throws AppError OVERTAKEN, WRONG_STATE
   */
  async change(pairingId: Id, version: number, checked: CheckedDraft, editor: Id): Promise<LessonChanges> {
    return await this.#db.transaction().execute(async (trx) => {
      const old = await locked(trx, pairingId, version);
      if (old.organization_id !== checked.organizationId)
        throw new AppError('FIELDS', 'the master class of another school', {
          fields: [{ path: 'masterClassGroupId', issue: 'conflict' }],
        });
      const before = await agreedOf(trx, pairingId, old.term_id);
      const affected = affectedSides(before, agreedIn(checked));
      const approvals = await trx
        .selectFrom('pairing_remote')
        .selectAll()
        .where('pairing_id', '=', pairingId)
        .execute();
      const { draft } = checked;
      await trx
        .updateTable('pairing')
        .set({ ...headOf(checked), version: version + 1 })
        .where('id', '=', pairingId)
        .execute();
      await putParts(trx, pairingId, checked);
      for (const row of approvals)
        if (!affected.has(row.organization_id))
          await trx
            .updateTable('pairing_remote')
            .set({ approved_by: row.approved_by, approved_at: row.approved_at })
            .where('pairing_id', '=', pairingId)
            .where('organization_id', '=', row.organization_id)
            .execute();
      await mergeSlots(trx, pairingId, draft.slots);
      if (old.state === 'draft') return await this.#lessons.onPairingChanged(pairingId, trx);
      await mustBeWhole(trx, pairingId);
      await approve(trx, pairingId, editor, [old.organization_id]);
      const whole = await isApproved(trx, pairingId);
      // A frozen one stays so; who thaws it sees what has changed.
      const next = whole ? (old.state === 'frozen' ? 'frozen' : 'active') : 'pending';
      if (next !== old.state) await become(trx, pairingId, old.state, next);
      return await this.#followed(
        trx,
        pairingId,
        editor,
        next === 'active' && old.state === 'pending' ? 'active' : null,
      );
    });
  }

  /**
   * @param approves for which sides the caller may agree.
   * @throws AppError OVERTAKEN, WRONG_STATE; FIELDS when it is submitted unfinished; FORBIDDEN when there is no side
   * to agree for.
   */
  async act(
    pairingId: Id,
    version: number,
    act: PairingActKind,
    by: Id,
    approves: readonly Id[],
  ): Promise<LessonChanges> {
    return await this.#db.transaction().execute(async (trx) => {
      const { state, organization_id } = await locked(trx, pairingId, version);
      await trx
        .updateTable('pairing')
        .set({ version: version + 1 })
        .where('id', '=', pairingId)
        .execute();
      switch (act.act) {
        case 'submit': {
          if (state !== 'draft') throw wrongState(state, 'pending');
          await mustBeWhole(trx, pairingId);
          await approve(trx, pairingId, by, [organization_id]);
          const next = (await isApproved(trx, pairingId)) ? 'active' : 'pending';
          await become(trx, pairingId, state, next, null);
          break;
        }
        case 'approve': {
          if (state !== 'pending') throw wrongState(state, 'active');
          if (approves.length === 0) throw new AppError('FORBIDDEN', 'no side to agree for');
          await approve(trx, pairingId, by, approves);
          if (await isApproved(trx, pairingId)) await become(trx, pairingId, state, 'active');
          break;
        }
        case 'return':
          if (state !== 'pending') throw wrongState(state, 'draft');
          await withdrawApprovals(trx, pairingId);
          await become(trx, pairingId, state, 'draft', act.reason);
          break;
        case 'freeze':
          await become(trx, pairingId, state, 'frozen');
          break;
        case 'thaw':
          if (state !== 'frozen') throw wrongState(state, 'active');
          await become(trx, pairingId, state, 'active');
          break;
        case 'cancel':
          await become(trx, pairingId, state, 'cancelled', act.reason);
      }
      const now = await stateOf(trx, pairingId);
      const reason = 'reason' in act ? act.reason : null;
      return await this.#followed(trx, pairingId, by, newsOf(act.act, now), reason);
    });
  }

  /** What follows for its lessons, and who is told. */
  async #followed(
    trx: Db,
    pairingId: Id,
    by: Id,
    what: PairingTelling['what'],
    reason: string | null = null,
  ): Promise<LessonChanges> {
    const lessons = await this.#lessons.onPairingChanged(pairingId, trx, { by, teachersOnly: true });
    await tellOfPairing(trx, pairingId, { by, what, reason, lessons });
    return lessons;
  }

  /** A draft that nobody has lessons of. @throws AppError OVERTAKEN, WRONG_STATE */
  async remove(pairingId: Id, version: number): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      const { state } = await locked(trx, pairingId, version);
      if (state !== 'draft') throw new AppError('WRONG_STATE', `it is ${state}`);
      const lesson = await trx
        .selectFrom('lesson')
        .select('id')
        .where('pairing_id', '=', pairingId)
        .executeTakeFirst();
      if (lesson) throw new AppError('WRONG_STATE', 'it has lessons: cancel it instead');
      await withdrawPairing(trx, pairingId);
      await trx.deleteFrom('pairing').where('id', '=', pairingId).execute();
    });
  }

  /** The pairings whose term ended before `today`. Their ids. */
  async expire(today: string): Promise<Id[]> {
    return await this.#db.transaction().execute(async (trx) => {
      const rows = await trx
        .updateTable('pairing')
        .set((eb) => ({ state: 'expired', version: eb('version', '+', 1) }))
        .where('state', 'in', ['pending', 'active', 'frozen'])
        .where('term_id', 'in', trx.selectFrom('term').select('id').where('ends_on', '<', today))
        .returning('id')
        .execute();
      for (const { id } of rows) await this.#lessons.onPairingChanged(id, trx);
      return rows.map(({ id }) => id);
    });
  }
}

/** A new draft. */
export async function insertPairing(trx: Db, checked: CheckedDraft, createdBy: Id): Promise<Id> {
  const id = newId();
  await trx
    .insertInto('pairing')
    .values({
      id,
      organization_id: checked.organizationId,
      ...headOf(checked),
      state: 'draft',
      created_by: createdBy,
      created_at: new Date(),
    })
    .execute();
  await putParts(trx, id, checked);
  await mergeSlots(
    trx,
    id,
    checked.draft.slots.map(({ slotId: _, ...slot }) => slot),
  );
  return id;
}

const headOf = ({ draft }: CheckedDraft) => ({
  term_id: draft.termId,
  master_class_group_id: draft.masterClassGroupId,
  master_classroom_id: draft.masterClassroomId,
  auto_open: draft.autoOpen,
  note: draft.note,
});

/** Courses and partners anew, without anybody's approval. */
async function putParts(
  trx: Db,
  pairing_id: Id,
  { draft, remoteOrganizations }: CheckedDraft,
): Promise<void> {
  await trx.deleteFrom('pairing_course').where('pairing_id', '=', pairing_id).execute();
  await trx.deleteFrom('pairing_remote').where('pairing_id', '=', pairing_id).execute();
  for (const { courseId: course_id, teacherId: teacher_id } of draft.courses)
    await trx.insertInto('pairing_course').values({ pairing_id, course_id, teacher_id }).execute();
  for (const [position, { classGroupId, classroomId, assistantId }] of draft.remotes.entries())
    await trx
      .insertInto('pairing_remote')
      .values({
        pairing_id,
        organization_id: remoteOrganizations[position]!,
        class_group_id: classGroupId,
        classroom_id: classroomId,
        assistant_id: assistantId,
        position,
      })
      .execute();
}

/** Slots that stay keep their id: their lessons hang on it. */
async function mergeSlots(trx: Db, pairing_id: Id, slots: readonly PairingSlotDraft[]): Promise<void> {
  const old = await trx
    .selectFrom('pairing_slot')
    .select('id')
    .where('pairing_id', '=', pairing_id)
    .execute();
  const known = new Set(old.map(({ id }) => id));
  const kept = new Set(slots.flatMap(({ slotId }) => (slotId && known.has(slotId) ? [slotId] : [])));
  const gone = [...known].filter((id) => !kept.has(id));
  if (gone.length > 0) await trx.deleteFrom('pairing_slot').where('id', 'in', gone).execute();
  for (const { slotId, courseId: course_id, weekday, period, weeks } of slots) {
    const values = { course_id, weekday, period, weeks };
    if (slotId && kept.delete(slotId))
      await trx.updateTable('pairing_slot').set(values).where('id', '=', slotId).execute();
    else
      await trx
        .insertInto('pairing_slot')
        .values({ id: newId(), pairing_id, ...values })
        .execute();
  }
}

async function locked(trx: Db, pairingId: Id, version: number) {
  const row = await trx
    .selectFrom('pairing')
    .selectAll()
    .where('id', '=', pairingId)
    .forUpdate()
    .executeTakeFirst();
  if (row?.version !== version) throw await overtaken(trx, { kind: 'pairing', id: pairingId });
  return row;
}

const NEWS = {
  return: 'returned',
  freeze: 'frozen',
  thaw: 'thawed',
  cancel: 'cancelled',
} as const satisfies Partial<Record<PairingActKind['act'], PairingTelling['what']>>;

/** What is told of an act, with which the pairing has become `now`. */
function newsOf(act: PairingActKind['act'], now: PairingState): PairingTelling['what'] {
  if (act === 'submit') return now === 'active' ? 'active' : null;
  return act === 'approve' ? (now === 'active' ? 'active' : 'approved') : NEWS[act];
}

async function stateOf(trx: Db, pairingId: Id): Promise<PairingState> {
  const { state } = await trx
    .selectFrom('pairing')
    .select('state')
    .where('id', '=', pairingId)
    .executeTakeFirstOrThrow();
  return state;
}

const wrongState = (from: PairingState, to: PairingState) =>
  new AppError('WRONG_STATE', `${from} does not become ${to}`);

async function become(
  trx: Db,
  pairingId: Id,
  from: PairingState,
  to: PairingState,
  cancel_reason?: string | null,
): Promise<void> {
  if (!mayBecome(from, to)) throw wrongState(from, to);
  await trx
    .updateTable('pairing')
    .set({ state: to, ...(cancel_reason !== undefined && { cancel_reason }) })
    .where('id', '=', pairingId)
    .execute();
}

async function approve(trx: Db, pairingId: Id, by: Id, organizationIds: readonly Id[]): Promise<void> {
  const approved = { approved_by: by, approved_at: new Date() };
  await trx
    .updateTable('pairing')
    .set(approved)
    .where('id', '=', pairingId)
    .where('organization_id', 'in', organizationIds)
    .execute();
  await trx
    .updateTable('pairing_remote')
    .set(approved)
    .where('pairing_id', '=', pairingId)
    .where('approved_at', 'is', null)
    .where('organization_id', 'in', organizationIds)
    .execute();
}

async function withdrawApprovals(trx: Db, pairingId: Id): Promise<void> {
  const none = { approved_by: null, approved_at: null };
  await trx.updateTable('pairing').set(none).where('id', '=', pairingId).execute();
  await trx.updateTable('pairing_remote').set(none).where('pairing_id', '=', pairingId).execute();
}

async function isApproved(trx: Db, pairingId: Id): Promise<boolean> {
  const waiting = await trx
    .selectFrom('pairing')
    .leftJoin('pairing_remote', 'pairing_remote.pairing_id', 'pairing.id')
    .select('pairing.id')
    .where('pairing.id', '=', pairingId)
    .where((eb) =>
      eb.or([
        eb('pairing.approved_at', 'is', null),
        eb.and([
          eb('pairing_remote.class_group_id', 'is not', null),
          eb('pairing_remote.approved_at', 'is', null),
        ]),
      ]),
    )
    .executeTakeFirst();
  return waiting === undefined;
}

async function agreedOf(trx: Db, pairingId: Id, termId: Id): Promise<Agreed> {
  const courses = await trx
    .selectFrom('pairing_course')
    .select('course_id')
    .where('pairing_id', '=', pairingId)
    .execute();
  const slots = await trx
    .selectFrom('pairing_slot')
    .selectAll()
    .where('pairing_id', '=', pairingId)
    .execute();
  const remotes = await trx
    .selectFrom('pairing_remote')
    .selectAll()
    .where('pairing_id', '=', pairingId)
    .execute();
  return {
    termId,
    courseIds: courses.map(({ course_id }) => course_id),
    slots: slots.map(({ course_id: courseId, weekday, period, weeks }) => ({
      ...{ courseId, weekday, period, weeks },
    })),
    remotes: remotes.map((row) => ({
      classGroupId: row.class_group_id,
      organizationId: row.organization_id,
      classroomId: row.classroom_id,
      assistantId: row.assistant_id,
    })),
  };
}

const agreedIn = ({ draft, remoteOrganizations }: CheckedDraft): Agreed => ({
  termId: draft.termId,
  courseIds: draft.courses.map(({ courseId }) => courseId),
  slots: draft.slots,
  remotes: draft.remotes.map((remote, index) => ({ ...remote, organizationId: remoteOrganizations[index]! })),
});
