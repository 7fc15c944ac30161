import { globSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { customProperties } from './custom-properties.ts';
import { office, type Palette, stage } from './tokens.ts';

const source = new URL('../', import.meta.url).pathname;
const read = (name: string) => readFileSync(source + name, 'utf8');

/** WCAG 2 relative luminance of #rrggbb. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light! + 0.05) / (dark! + 0.05);
}

const textOn = (palette: Palette): [string, string, string][] => [
  ['text on canvas', palette.text, palette.canvas],
  ['text on surface', palette.text, palette.surface],
  ['quiet on canvas', palette.quiet, palette.canvas],
  ['quiet on well', palette.quiet, palette.well],
  ['accent text on soft', palette.accentText, palette.accentSoft],
  ['warn on soft', palette.warn, palette.warnSoft],
  ['ready on soft', palette.ready, palette.readySoft],
  ['alarm on canvas', palette.alarm, palette.canvas],
  ['alarm on raised', palette.alarm, palette.raised],
];

test('office text is readable: 4.5:1 at least', () => {
  const pairs: [string, string, string][] = [
    ...textOn(office),
    ['faint on canvas', office.faint, office.canvas],
    ['on accent', office.onAccent, office.accent],
    ['on live', office.onLive, office.live],
    ['live on soft', office.live, office.liveSoft],
  ];
  for (const [name, ink, paper] of pairs) expect([name, contrast(ink, paper) >= 4.5]).toEqual([name, true]);
});

test('stage text is readable on a big screen: 7:1 at least, 4:1 on coloured buttons', () => {
  for (const [name, ink, paper] of textOn(stage))
    expect([name, contrast(ink, paper) >= 7]).toEqual([name, true]);
  expect(contrast(stage.onAccent, stage.accent)).toBeGreaterThan(4);
  expect(contrast(stage.onLive, stage.live)).toBeGreaterThan(4);
});

test('every custom property that a stylesheet or component uses is a token', () => {
  const tokens = new Set(customProperties().match(/--[\w-]+(?=:)/g));
  for (const name of globSync('**/*.{css,tsx}', { cwd: source })) {
    const text = read(name);
    const own = new Set(text.match(/--[\w-]+(?=['"]?:)/g));
    const unknown = [...text.matchAll(/var\((--[\w-]+)/g)]
      .map((match) => match[1]!)
      .filter((property) => !tokens.has(property) && !own.has(property));
    expect([name, unknown]).toEqual([name, []]);
  }
});

test('no stylesheet or component has a colour or a pixel size of its own', () => {
  for (const name of globSync('**/*.{css,tsx}', { cwd: source })) {
    // Media queries cannot read custom properties.
    const text = read(name).replace(/@media[^{]*\{/g, '');
    const literals = text.match(/#[0-9a-f]{3,8}\b(?=[;'"\s)])|\brgba?\(|\b(?!0|1px|2px)\d+px\b/gi) ?? [];
    expect([name, literals]).toEqual([name, []]);
  }
});
