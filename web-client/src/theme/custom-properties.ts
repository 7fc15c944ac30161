import {
  fontFamily,
  fontSize,
  layer,
  lineHeight,
  measure,
  motion,
  office,
  type Palette,
  radius,
  space,
  stage,
  stageText,
  touch,
} from './tokens.ts';

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const declare = (prefix: string, values: Record<string, string | number>, unit = ''): string[] =>
  Object.entries(values).map(([name, value]) => `--${prefix}-${kebab(name)}: ${value}${unit};`);

const list = (prefix: string, values: readonly number[]): string[] =>
  values.map((value) => `--${prefix}-${value}: ${value}px;`);

const palette = (colours: Palette): string[] => declare('color', { ...colours });

/**
 * The tokens as a stylesheet. `:root` is the light office; an element with `data-theme="stage"` is dark
 * for all it contains. `--stage-unit` is one pixel of a 1920×1080 stage, on any screen.
 */
export function customProperties(): string {
  const root = [
    ...list('space', space),
    ...declare('radius', radius, 'px'),
    ...list('text', fontSize),
    ...declare('leading', lineHeight),
    ...declare('motion', motion, 'ms'),
    ...declare('touch', touch, 'px'),
    ...declare('layer', layer),
    ...declare('measure', measure, 'px'),
    `--font: ${fontFamily};`,
    '--stage-unit: min(100vw / 1920, 100dvh / 1080);',
    ...Object.entries(stageText).map(
      ([size, least]) => `--stage-text-${size}: max(${least}px, calc(${size} * var(--stage-unit)));`,
    ),
    ...palette(office),
  ];
  return `:root {\n  ${root.join('\n  ')}\n}\n[data-theme="stage"] {\n  color-scheme: dark;\n  ${palette(stage).join('\n  ')}\n}\n`;
}
