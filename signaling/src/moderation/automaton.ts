import type { WordClass } from '#protocol/moderation.ts';

export interface SensitiveWord {
  /** Already folded (`fold.ts`), not empty. */
  readonly folded: string;
  readonly wordClass: WordClass;
}

const HOLD = 1;
const BLOCK = 2;
const ROOT = 0;

/**
 * Aho–Corasick over UTF-16 code units: one walk over a text finds every word in it, however many there are. All in
 * typed arrays, so that 100,000 words are built in a fraction of a second and cost the collector nothing (ADR 6).
 */
export class Automaton {
  readonly words: number;
  /** Children of all nodes in one open-addressed table: (node, unit) → child. Nodes are above 0, so 0 is an empty slot. */
  #slots: Int32Array;
  #parentOf: Int32Array;
  #unitOf: Uint16Array;
  readonly #fail: Int32Array;
  /** The class of the word that ends at a node, 0 for none. */
  readonly #ends: Uint8Array;
  readonly #depth: Uint16Array;
  /** The next shorter word that ends where this node does; 0 for none. */
  readonly #shorter: Int32Array;
  readonly #mask: number;
  #nodes = 1;

  constructor(words: readonly SensitiveWord[]) {
    this.words = words.length;
    const most = 1 + words.reduce((sum, { folded }) => sum + folded.length, 0);
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(16, most * 1.7)));
    this.#mask = capacity - 1;
    this.#slots = new Int32Array(capacity);
    this.#parentOf = new Int32Array(most);
    this.#unitOf = new Uint16Array(most);
    this.#depth = new Uint16Array(most);
    this.#ends = new Uint8Array(most);
    for (const { folded, wordClass } of words) this.#add(folded, wordClass === 'block' ? BLOCK : HOLD);
    this.#fail = new Int32Array(this.#nodes);
    this.#shorter = new Int32Array(this.#nodes);
    this.#link();
  }

  /**
   * The strictest class of the words in `units`. A word that `mayBegin` or `mayEnd` refuses at its place is not
   * there: that is how a Latin word inside a longer one is told from one by itself.
   */
  find(
    units: string,
    mayBegin: (at: number, end: number) => boolean,
    mayEnd: (end: number) => boolean,
  ): WordClass | null {
    let node = ROOT;
    let found = 0;
    for (let at = 0; at < units.length; at += 1) {
      node = this.#step(node, units.charCodeAt(at));
      let word = this.#ends[node] ? node : this.#shorter[node]!;
      for (; word !== ROOT; word = this.#shorter[word]!) {
        const strictness = this.#ends[word]!;
        const end = at + 1;
        if (strictness <= found || !mayBegin(end - this.#depth[word]!, end) || !mayEnd(end)) continue;
        if (strictness === BLOCK) return 'block';
        found = strictness;
      }
    }
    return found === HOLD ? 'hold' : null;
  }

  /** Every word in `units`, each once and the first of it, by the same rules as {@link find}. */
  all(
    units: string,
    mayBegin: (at: number, end: number) => boolean,
    mayEnd: (end: number) => boolean,
  ): Map<string, WordClass> {
    const found = new Map<string, WordClass>();
    let node = ROOT;
    for (let at = 0; at < units.length; at += 1) {
      node = this.#step(node, units.charCodeAt(at));
      let word = this.#ends[node] ? node : this.#shorter[node]!;
      for (; word !== ROOT; word = this.#shorter[word]!) {
        const end = at + 1;
        const begin = end - this.#depth[word]!;
        if (mayBegin(begin, end) && mayEnd(end))
          found.set(units.slice(begin, end), this.#ends[word] === BLOCK ? 'block' : 'hold');
      }
    }
    return found;
  }

  #add(word: string, strictness: number): void {
    let node = ROOT;
    for (let at = 0; at < word.length; at += 1) {
      const unit = word.charCodeAt(at);
      const slot = this.#slotOf(node, unit);
      const known = this.#slots[slot]!;
      if (known !== ROOT) node = known;
      else {
        const child = this.#nodes;
        this.#nodes += 1;
        this.#slots[slot] = child;
        this.#parentOf[child] = node;
        this.#unitOf[child] = unit;
        this.#depth[child] = at + 1;
        node = child;
      }
    }
    this.#ends[node] = Math.max(this.#ends[node]!, strictness);
  }

  /** Where the child of `node` by `unit` is, or the empty slot where it would be. */
  #slotOf(node: number, unit: number): number {
    let hash = Math.imul(node, 0x9e3779b1) ^ Math.imul(unit, 0xc2b2ae35);
    // All bits have a say in the low ones (the finalizer of MurmurHash3): neighbours must not share their slots.
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash ^= hash >>> 13;
    for (let slot = hash & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const child = this.#slots[slot]!;
      if (child === ROOT || (this.#parentOf[child] === node && this.#unitOf[child] === unit)) return slot;
    }
  }

  #step(from: number, unit: number): number {
    for (let node = from; ; node = this.#fail[node]!) {
      const child = this.#slots[this.#slotOf(node, unit)]!;
      if (child !== ROOT || node === ROOT) return child;
    }
  }

  /** Failure links, shallow nodes first: each needs those of all shallower ones. */
  #link(): void {
    const order = Int32Array.from({ length: this.#nodes - 1 }, (_, index) => index + 1);
    order.sort((a, b) => this.#depth[a]! - this.#depth[b]!);
    for (const node of order) {
      const parent = this.#parentOf[node]!;
      const fail = parent === ROOT ? ROOT : this.#step(this.#fail[parent]!, this.#unitOf[node]!);
      this.#fail[node] = fail;
      this.#shorter[node] = this.#ends[fail] ? fail : this.#shorter[fail]!;
    }
  }
}
