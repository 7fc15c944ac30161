import { beforeAll, expect, test } from '@jest/globals';
import { newId } from '#platform/ids.ts';
import { AppError } from '#protocol/errors.ts';
import type { TimelineEvent } from '#protocol/timeline.ts';
import { onBothDatabases } from '../../testing/both-databases.ts';
import type { Db } from '../database/database.ts';
import { planDemoLesson, seedToday, seedWorld } from '../demo/seed.ts';
import { readSeedFile } from '../demo/seed-file.ts';
import { Timeline } from './timeline.ts';
import { TimelineStore } from './timeline-store.ts';

const seed = readSeedFile();

onBothDatabases('Timeline', (open) => {
  let db: Db;
  let store: TimelineStore;
  beforeAll(async () => {
    db = (await open()).db;
    await seedWorld(db, seed);
    store = new TimelineStore(db);
  });
  const stateOf = async (lessonId: string) =>
    await db
      .selectFrom('lesson')
      .select(['state', 'actual_start', 'actual_end'])
      .where('id', '=', lessonId)
      .executeTakeFirstOrThrow();

  test('two people at once: the server orders, the log has no holes, the loser is told', async () => {
    const lessonId = await planDemoLesson(db, seed);
    const timeline = await Timeline.load(lessonId, store, () => undefined);
    const start = () =>
      timeline.append(({ state }) => {
        if (state !== 'scheduled') throw new AppError('WRONG_STATE');
        return [{ type: 'lesson.started', byAccountId: newId() }];
      });
    const results = await Promise.allSettled([start(), start(), start()]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect((await store.read(lessonId)).map(({ seq }) => seq)).toEqual([1]);
    expect(timeline.state.state).toBe('live');
    expect(await stateOf(lessonId)).toMatchObject({
      state: 'live',
      actual_start: expect.any(Date),
      actual_end: null,
    });
  });

  test('what was appended is read back equal by the next process, and listeners hear only what is stored', async () => {
    const lessonId = await planDemoLesson(db, seed);
    const heard: TimelineEvent[] = [];
    const timeline = await Timeline.load(lessonId, store, (events) => heard.push(...events));
    await Promise.all([
      timeline.append(() => [
        { type: 'lesson.opened', byAccountId: null },
        { type: 'lesson.started', byAccountId: null },
      ]),
      timeline.append(() => [{ type: 'recording.started', recordingId: newId(), epochMs: Date.now() }]),
      timeline.append(() => []),
      timeline.append(() => [{ type: 'lesson.ended', reason: 'ended', byAccountId: null }]),
    ]);
    expect(heard.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(heard[3]!.mediaMs).toBeGreaterThanOrEqual(0);
    const again = await Timeline.load(lessonId, store, () => undefined);
    expect(again.after(0)).toEqual(heard);
    expect(again.state).toEqual(timeline.state);
    expect(await stateOf(lessonId)).toMatchObject({ state: 'ended', actual_end: expect.any(Date) });
  });

  test('a failed append leaves nothing behind and does not stop the next one', async () => {
    const timeline = await Timeline.load(newId(), store, () => undefined);
    await expect(timeline.append(() => [{ type: 'lesson.opened', byAccountId: null }])).rejects.toThrow();
    expect(timeline.state.seq).toBe(0);
    await timeline.append(() => []);
  });

  test("today's demo is planned once, and again when all of it has been held", async () => {
    const count = async () => (await db.selectFrom('lesson').select('id').execute()).length;
    await db.deleteFrom('timeline_event').execute();
    await db.deleteFrom('lesson').execute();
    await seedToday(db, seed);
    expect(await count()).toBe(seed.lessons.length);
    await seedToday(db, seed);
    expect(await count()).toBe(seed.lessons.length);
    await db.updateTable('lesson').set({ state: 'ready' }).execute();
    await seedToday(db, seed);
    expect(await count()).toBe(seed.lessons.length + 1);
  });
});
