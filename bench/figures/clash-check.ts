import { z } from 'zod';
import { Clash } from '#protocol/clashes.ts';
import { TestPerson } from '../../signaling/testing/person.ts';
import type { Measure } from '../figure.ts';
import { openCountyApp } from '../harness/county-app.ts';
import { signInAt } from '../harness/signed-in.ts';
import { percentile } from '../statistics.ts';

const PAIRINGS = 24;

/**
 * What a form asks while it is typed, over HTTP, with the whole county's term loaded: a pairing's weekly periods over the
 * term with all its classes, rooms and people, and a single lesson's.
 */
export const measure: Measure = async (say) => {
  say('making up the county');
  const { app, county, administrator, day, close } = await openCountyApp();
  const asker = new TestPerson(app.origin, administrator, await signInAt(app, administrator.accountId));
  const pairings = await app.db
    .selectFrom('pairing')
    .selectAll()
    .where('state', '=', 'active')
    .limit(PAIRINGS)
    .execute();
  const weekly: number[] = [];
  const single: number[] = [];
  let found = 0;
  for (const pairing of pairings) {
    const of = (table: 'pairing_remote' | 'pairing_slot' | 'pairing_course') =>
      app.db.selectFrom(table).selectAll().where('pairing_id', '=', pairing.id).execute();
    const remotes = (await of('pairing_remote')) as {
      classroom_id: string;
      class_group_id: string;
      assistant_id: string | null;
    }[];
    const slots = (await of('pairing_slot')) as { weekday: number; period: number }[];
    const [course] = (await of('pairing_course')) as { teacher_id: string }[];
    const parties = {
      ...{ teacherId: course!.teacher_id, masterClassroomId: pairing.master_classroom_id },
      masterClassGroupId: pairing.master_class_group_id,
      remotes: remotes.map(({ classroom_id, class_group_id, assistant_id }) => ({
        ...{ classroomId: classroom_id, classGroupId: class_group_id, assistantId: assistant_id },
      })),
    };
    const { organization_id: organizationId } = pairing;
    const ask = async (into: number[], body: object) => {
      const begun = performance.now();
      const clashes = await asker.get(z.array(Clash), 'POST', '/api/timetable/clashes', body);
      into.push(performance.now() - begun);
      found += clashes.length;
    };
    const term = { kind: 'weekly', organizationId, termId: county.termId, parties, slots };
    await ask(weekly, term);
    await ask(single, {
      kind: 'lesson',
      organizationId,
      parties,
      places: [{ day, period: slots[0]!.period }],
    });
  }
  await close();
  const all = [...weekly, ...single];
  return {
    value: percentile(all, 0.95),
    p50: percentile(all, 0.5),
    p95: percentile(all, 0.95),
    detail: { weeklyP95: percentile(weekly, 0.95), singleP95: percentile(single, 0.95), found },
  };
};
