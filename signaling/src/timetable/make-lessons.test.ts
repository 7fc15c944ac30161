import { beforeAll, beforeEach, expect, test } from '@jest/globals';
import { newId } from '#platform/ids.ts';
import { addDays, instantOf, weekdayOf } from '#protocol/calendar.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import { type TimetableWorld, timetableWorld } from '../../testing/timetable.ts';
import type { Db } from '../database/database.ts';
import { seedWorld } from '../demo/seed.ts';
import { readSeedFile } from '../demo/seed-file.ts';
import { LessonMaker } from './make-lessons.ts';
import { makeTerm } from './make-term.ts';

const TZ = 'Asia/Shanghai';
const BEFORE = Date.parse('2027-08-20T00:00:00Z');

onBothDatabases('LessonMaker', (open) => {
  let db: Db;
  let world: TimetableWorld;
  let now = BEFORE;
  const maker = new LessonMaker(TZ, () => now);
  beforeAll(async () => {
    db = (await open()).db;
    await seedWorld(db, readSeedFile());
    world = await timetableWorld(db);
  });
  beforeEach(async () => {
    now = BEFORE;
    await db.deleteFrom('lesson').execute();
    await db.updateTable('pairing').set({ state: 'active' }).execute();
  });

  const make = () => db.transaction().execute((trx) => maker.make(world.pairingId, trx));
  const lessons = () => db.selectFrom('lesson').selectAll().orderBy('planned_start').execute();
  const days = async () => (await lessons()).map(({ slot_day }) => slot_day!);

  test('makes every Tuesday and every other Friday of the term, but on holidays, and on days that stand in for one', async () => {
    const { made } = await make();
    const all = await lessons();
    expect(made).toBe(all.length);
    const tuesdays = all
      .filter(({ slot_id }) => slot_id === world.slotIds[0])
      .map(({ slot_day }) => slot_day!);
    expect(tuesdays).toHaveLength(27);
    expect(tuesdays).not.toContain('2027-10-05');
    // A Saturday that follows the Tuesday that was a holiday.
    expect(tuesdays.filter((day) => weekdayOf(day) !== 2)).toEqual(['2027-10-09']);
    expect(tuesdays).toContain('2028-02-29');
    const fridays = all
      .filter(({ slot_id }) => slot_id === world.slotIds[1])
      .map(({ slot_day }) => slot_day!);
    expect(fridays.slice(0, 3)).toEqual(['2027-09-03', '2027-09-17', '2027-10-15']);
    // Week for week by the calendar, over the leap day too.
    expect(fridays.slice(3).every((day, at, rest) => at === 0 || addDays(rest[at - 1]!, 14) === day)).toBe(
      true,
    );
    expect(all[0]!.planned_start.getTime()).toBe(instantOf('2027-09-03', 530, TZ));
  });

  test('knows the period of each school: the neighbours ring ten minutes later', async () => {
    await make();
    const [first] = await lessons();
    const remotes = await db
      .selectFrom('lesson_remote')
      .select(['period', 'assistant_id'])
      .where('lesson_id', '=', first!.id)
      .orderBy('position')
      .execute();
    expect(first).toMatchObject({
      period: 2,
      auto_open: true,
      mode: 'delivery',
      teacher_id: world.id('陈静'),
    });
    expect(remotes).toEqual([
      { period: 2, assistant_id: world.id('李秀兰') },
      { period: 2, assistant_id: world.id('王海燕') },
    ]);
  });

  test('done again makes nothing twice', async () => {
    const { made } = await make();
    const before = await lessons();
    expect(await make()).toEqual({ made: 0, changed: 0, removed: 0, kept: 0 });
    expect(await lessons()).toEqual(before);
    expect(await makeTerm(db, maker, { organizationId: world.bureau, termId: world.termId })).toMatchObject({
      ...{ made: 0, done: 1, total: 1, after: null },
    });
    expect(before).toHaveLength(made);
  });

  test('follows a slot that moves, and leaves alone what was changed by hand and what is over', async () => {
    await make();
    const all = await lessons();
    const tuesdays = all.filter(({ slot_id }) => slot_id === world.slotIds[0]);
    now = tuesdays[1]!.planned_start.getTime() + 1;
    const byHand = tuesdays[3]!;
    await db.updateTable('lesson').set({ changed_by_hand: true }).where('id', '=', byHand.id).execute();
    await db.updateTable('pairing_slot').set({ weekday: 3 }).where('id', '=', world.slotIds[0]!).execute();
    const report = await make();
    await db.updateTable('pairing_slot').set({ weekday: 2 }).where('id', '=', world.slotIds[0]!).execute();
    const after = (await lessons()).filter(({ slot_id }) => slot_id === world.slotIds[0]);
    expect(report.changed).toBeGreaterThan(20);
    const byId = new Map(after.map((lesson) => [lesson.id, lesson]));
    // Over, changed by hand, and one that follows: it is the same lesson still.
    expect(byId.get(tuesdays[0]!.id)!.slot_day).toBe('2027-09-07');
    expect(byId.get(byHand.id)!.planned_start).toEqual(byHand.planned_start);
    expect(byId.get(tuesdays[2]!.id)!.slot_day).toBe('2027-09-22');
    // None twice in a week.
    const ahead = after.filter(({ planned_start }) => planned_start.getTime() > now);
    expect(ahead.filter(({ slot_day }) => slot_day! < '2027-10-04')).toHaveLength(2);
  });

  test('takes lessons along whose slot was written anew', async () => {
    await make();
    const before = await days();
    const slotId = newId();
    const [first] = world.slotIds;
    const slot = await db
      .selectFrom('pairing_slot')
      .selectAll()
      .where('id', '=', first!)
      .executeTakeFirstOrThrow();
    await db
      .updateTable('lesson')
      .set({ changed_by_hand: true, title: '我的课' })
      .where('slot_day', '=', '2027-09-14')
      .execute();
    await db.deleteFrom('pairing_slot').where('id', '=', first!).execute();
    await db
      .insertInto('pairing_slot')
      .values({ ...slot, id: slotId })
      .execute();
    world.slotIds[0] = slotId;
    expect(await make()).toMatchObject({ made: 0, removed: 0 });
    expect(await days()).toEqual(before);
    expect((await lessons()).filter(({ title }) => title === '我的课')).toHaveLength(1);
  });

  test('a pairing that is cancelled or frozen loses what is ahead and keeps what was', async () => {
    await make();
    const all = await lessons();
    now = all[4]!.planned_start.getTime() + 1;
    await db.updateTable('lesson').set({ changed_by_hand: true }).where('id', '=', all[9]!.id).execute();
    await db.updateTable('pairing').set({ state: 'frozen' }).execute();
    expect((await make()).removed).toBe(all.length - 5);
    await db.updateTable('pairing').set({ state: 'active' }).execute();
    expect((await make()).made).toBe(all.length - 5);
    await db.updateTable('pairing').set({ state: 'cancelled' }).execute();
    await make();
    expect((await lessons()).map(({ id }) => id)).toEqual(all.slice(0, 5).map(({ id }) => id));
  });

  test('what somebody prepared for a lesson is called off and not thrown away', async () => {
    await make();
    const last = (await lessons()).at(-1)!;
    await db
      .insertInto('courseware_document')
      .values({
        ...{ id: newId(), lesson_id: last.id, account_id: world.id('陈静'), kind: 'image', name: 'a.png' },
        ...{ bytes: 1, file: 'a.png', state: 'ready', created_at: new Date() },
      })
      .execute();
    await db.updateTable('pairing').set({ state: 'cancelled' }).execute();
    await make();
    expect(await lessons()).toMatchObject([{ id: last.id, cancelled_at: expect.any(Date) }]);
  });
});
