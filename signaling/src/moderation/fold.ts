import pairs from 'opencc-js/dict/TSCharacters';

/** Letters of other alphabets that look like Latin ones; width, circles and the like are NFKC's. */
const LOOK_ALIKES = Object.entries({
  a: 'аαɑ',
  b: 'вьβ',
  c: 'сϲ',
  d: 'ԁ',
  e: 'еєɛε',
  g: 'ɡ',
  h: 'һн',
  i: 'іιıɩ',
  j: 'ј',
  k: 'кκ',
  l: 'ӏǀ',
  m: 'м',
  n: 'ոη',
  o: 'оοօσ',
  p: 'рρ',
  q: 'ԛ',
  s: 'ѕꜱ',
  t: 'тτ',
  u: 'υսʋ',
  v: 'ѵν',
  w: 'ԝѡω',
  x: 'хχ',
  y: 'уүγ',
  z: 'ᴢ',
});

const SAME = new Map<string, string>([
  ...pairs.split('|').flatMap((pair): [string, string][] => {
    const [traditional, simplified] = pair.split(' ');
    return traditional && simplified ? [[traditional, simplified]] : [];
  }),
  ...LOOK_ALIKES.flatMap(([latin, others]) => [...others].map((other): [string, string] => [other, latin])),
]);

/** Accents and strokes through a letter; the vowel signs of other scripts are letters to their readers, and stay. */
const ACCENTS = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]/u;
const KEPT = /[\p{L}\p{N}\p{M}]/u;
const LATIN = /[a-z0-9]/;

export interface Folded {
  /** What is left to compare: letters and figures in one form. */
  readonly units: string;
  /** Whether unit n begins a run of Latin letters and figures, as a reader sees runs. */
  readonly begins: readonly boolean[];
  readonly latin: readonly boolean[];
}

/**
 * A text as it is compared: without regard to width, case, accents, script (traditional or simplified), look-alikes,
 * and whatever stands between letters: spaces, punctuation, what nobody sees.
 */
export function fold(text: string): Folded {
  let units = '';
  const begins: boolean[] = [];
  const latin: boolean[] = [];
  let apart = true;
  for (const character of text.normalize('NFKD').toLowerCase()) {
    // Most characters of most messages: no need to ask what kind they are.
    const han = character >= '\u4e00' && character <= '\u9fff';
    if (!han && ACCENTS.test(character)) continue;
    if (!han && !KEPT.test(character)) {
      apart = true;
      continue;
    }
    const same = SAME.get(character) ?? character;
    const isLatin = !han && LATIN.test(same);
    for (let unit = 0; unit < same.length; unit += 1) {
      begins.push(unit === 0 && (apart || !isLatin || !latin.at(-1)));
      latin.push(isLatin);
    }
    units += same;
    apart = false;
  }
  return { units, begins, latin };
}
