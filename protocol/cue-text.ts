/*
 * What a cue says: plain text in which `<b>`, `</b>`, `<i>` and `</i>` are markup and every other character is itself,
 * a `<` as well. So nothing in it can ever become HTML, and pages show it run by run.
 */

export interface Run {
  text: string;
  bold: boolean;
  italic: boolean;
}

const OURS = /(<\/?[bi]>)/;

/** The text in runs of one look. Tags that are not closed end with the cue; closing ones too many are nothing. */
export function runsOf(text: string): Run[] {
  const runs: Run[] = [];
  let bold = false;
  let italic = false;
  for (const part of text.split(OURS)) {
    if (part === '<b>' || part === '</b>') bold = part === '<b>';
    else if (part === '<i>' || part === '</i>') italic = part === '<i>';
    else if (part !== '') {
      const last = runs.at(-1);
      if (last && last.bold === bold && last.italic === italic) last.text += part;
      else runs.push({ text: part, bold, italic });
    }
  }
  return runs;
}

/** Without markup: what is searched and counted. */
export const plainOf = (text: string): string => text.replace(/<\/?[bi]>/g, '');

/** Runs as a cue's text, every tag closed. */
export const textOf = (runs: readonly Run[]): string =>
  runs.map((run) => marked(run, (text) => text)).join('');

/** Runs as WebVTT cue text. */
export const vttOf = (runs: readonly Run[]): string => runs.map((run) => marked(run, escapeVtt)).join('');

function marked({ text, bold, italic }: Run, lettered: (text: string) => string): string {
  let out = lettered(text);
  if (italic) out = `<i>${out}</i>`;
  return bold ? `<b>${out}</b>` : out;
}

export const escapeVtt = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: ' ',
  lrm: '',
  rlm: '',
  quot: '"',
};
/** A tag of WebVTT, SRT or HTML; a `<` that begins none is a `<`. Timestamps inside a cue look like `<00:01.000>`. */
const TOKENS =
  /<(\/?)([A-Za-z]{1,12}|\d[\d:.]{0,12})([^<>]{0,400})>|\{\\[^{}]{0,100}\}|&(#x[0-9a-fA-F]{1,6}|#\d{1,7}|[a-z]{2,5});/g;
/** Dropped without a word: they only say how something looks. */
const LOOKS = /^(c|u|s|ruby|rt|lang|font|\d.*)$/i;

export interface ReadText {
  runs: Run[];
  speaker: string | null;
  /** Whether something was dropped that belongs into no caption, such as a script's tag. */
  strange: boolean;
}

/** Cue text of a file: entities decoded, `<b>`, `<i>` and `<v …>` understood, every other tag left out. */
export function readText(raw: string): ReadText {
  const runs: Run[] = [];
  let speaker: string | null = null;
  let strange = false;
  let bold = false;
  let italic = false;
  const push = (text: string) => {
    if (text === '') return;
    const last = runs.at(-1);
    if (last && last.bold === bold && last.italic === italic) last.text += text;
    else runs.push({ text, bold, italic });
  };
  let at = 0;
  for (const match of raw.matchAll(TOKENS)) {
    const [whole, slash, tag, rest, entity] = match;
    push(raw.slice(at, match.index));
    at = match.index + whole.length;
    if (entity !== undefined) push(decoded(entity) ?? whole);
    else if (tag !== undefined) {
      // Classes and the like follow the name after a point: <v.loud 陈老师>, <b.first>.
      const name = tag.toLowerCase();
      if (name === 'b') bold = slash === '';
      else if (name === 'i') italic = slash === '';
      else if (name === 'v') {
        // A second voice in the same cue begins a new line, as it does when one reads it aloud.
        const voice = slash === '' ? voiceOf(rest ?? '') : '';
        if (voice !== '' && speaker === null) speaker = voice;
        else if (voice !== '' && voice !== speaker) push(`\n${voice}: `);
      } else if (!LOOKS.test(name)) strange = true;
    }
  }
  push(raw.slice(at));
  return { runs, speaker, strange };
}

function decoded(entity: string): string | null {
  if (!entity.startsWith('#')) return ENTITIES[entity] ?? null;
  const code = entity[1] === 'x' ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : null;
}

function voiceOf(annotation: string): string {
  const name = annotation.replace(/^\.\S*/, '').trim();
  return name.replace(TOKENS, (whole, _slash, _tag, _rest, entity) =>
    entity ? (decoded(entity) ?? whole) : '',
  );
}
