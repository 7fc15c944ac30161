import { addDays, type Day, mondayOf } from '#protocol/calendar.ts';
import type { Draft } from './draft.ts';

type Term = Pick<Draft, 'startsOn' | 'endsOn'> & { year: number; half: 'autumn' | 'spring' };

/** The term in which a day lies, or the next one in the holidays; its ends are usual ones and have to be looked at. */
export function termAround(day: Day): Term {
  const year = Number(day.slice(0, 4));
  const autumn = (from: number): Term => ({
    ...{ year: from, half: 'autumn', startsOn: `${from}-09-01`, endsOn: fridayOf(`${from + 1}-01-19`) },
  });
  const spring = (of: number): Term => ({
    ...{ year: of - 1, half: 'spring', startsOn: mondayOf(`${of}-02-26`), endsOn: fridayOf(`${of}-07-03`) },
  });
  return [autumn(year - 1), spring(year), autumn(year)].find(({ endsOn }) => endsOn > day)!;
}

const fridayOf = (day: Day): Day => addDays(mondayOf(day), 4);

/** Names that follow from others, until somebody writes better ones. */
export function filledIn(draft: Draft, roomWord: string): Draft {
  const { masterSchool, remoteSchool } = draft;
  return {
    ...draft,
    masterRoom: draft.masterRoom || `${masterSchool}${roomWord}`,
    remoteRoom: draft.remoteRoom || `${remoteSchool}${roomWord}`,
  };
}
