import type { WordClass } from '#protocol/moderation.ts';
import { Automaton, type SensitiveWord } from './automaton.ts';
import { fold } from './fold.ts';

/** A bureau's list, ready to be asked. It never changes: a changed list is another object. */
export class WordList {
  readonly version: number;
  readonly #automaton: Automaton;

  constructor(version: number, words: readonly SensitiveWord[]) {
    this.version = version;
    this.#automaton = new Automaton(words);
  }

  get size(): number {
    return this.#automaton.words;
  }

  /** What the strictest sensitive word in `text` asks for; null when there is none. */
  check(text: string): WordClass | null {
    if (this.size === 0) return null;
    return this.#automaton.find(...comparable(text));
  }

  /** All sensitive words in `text`, as the list compares them, with what each asks for. */
  wordsIn(text: string): Map<string, WordClass> {
    return this.size === 0 ? new Map() : this.#automaton.all(...comparable(text));
  }
}

/** What the automaton walks over, and where words may begin and end in it. */
function comparable(text: string): Parameters<Automaton['all']> {
  const { units, begins, latin } = fold(text);
  return [
    units,
    // A word of Latin letters must stand by itself: “class” holds no “ass”, “a s s” does.
    (at) => !latin[at] || begins[at] === true,
    (end) => !latin[end - 1] || end === units.length || begins[end] === true,
  ];
}
