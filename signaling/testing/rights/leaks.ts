import type { Reply } from './asker.ts';
import { KINDS, type Walker, type World } from './places.ts';
import type { Place, Rule } from './rules.ts';

/** Part of the name of everything that a place has; see `places.ts`. */
const NAMES: Record<Place, string> = { own: '东山一小', sibling: '东山二小', foreign: '西岭' };

/**
 * Finds what an answer says of a place that its reader has nothing to do with, whatever the route is for: ids and names
 * of another county to anybody, of the school beside to a school's people, of any place to nobody. The files that are
 * packed (zip, XLSX) are not looked into.
 */
export class Leaks {
  readonly #of: Record<Place, RegExp>;

  constructor(world: World) {
    const ofPlace = (place: Place) =>
      new RegExp([...KINDS.map((kind) => world[place][kind]), NAMES[place]].join('|'), 'g');
    this.#of = { own: ofPlace('own'), sibling: ofPlace('sibling'), foreign: ofPlace('foreign') };
  }

  /** What of a place that is not the walker's (null: nobody is signed in) stands in an answer, unless it was asked by that name. */
  in({ text, asked }: Reply, walker: Walker | null, rule: Rule): string | null {
    for (const place of strangeTo(walker)) {
      if (rule.mayName?.includes(place)) continue;
      const found = [...text.matchAll(this.#of[place])].find(([name]) => !asked.includes(name));
      if (found) return `${place}: …${text.slice(Math.max(0, found.index - 80), found.index + 60)}…`;
    }
    return null;
  }
}

function strangeTo(walker: Walker | null): readonly Place[] {
  if (!walker) return ['own', 'sibling', 'foreign'];
  return walker.at === 'bureau' ? ['foreign'] : ['sibling', 'foreign'];
}
