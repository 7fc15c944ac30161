import { makeTerm } from '../../signaling/src/timetable/make-term.ts';
import type { Measure } from '../figure.ts';
import { openCountyApp } from '../harness/county-app.ts';

const ROUNDS = 3;

/** All lessons of a term of the demo county out of its pairings, into an embedded database. */
export const measure: Measure = async (say) => {
  say('making up the county');
  const { app, county, maker, close } = await openCountyApp();
  const made: number[] = [];
  const which = { organizationId: county.rootId, termId: county.termId };
  let lessons = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    await app.db.deleteFrom('lesson').execute();
    const begun = performance.now();
    lessons = (await makeTerm(app.db, maker, which)).made;
    made.push(performance.now() - begun);
    say(`${lessons} lessons in ${Math.round(made.at(-1)!)} ms`);
  }
  const begun = performance.now();
  await makeTerm(app.db, maker, which);
  const againMs = Math.round(performance.now() - begun);
  await close();
  return { value: made.sort((a, b) => a - b)[1]!, detail: { lessons, againMs } };
};
