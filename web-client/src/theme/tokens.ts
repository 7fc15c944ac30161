/**
 * Every colour and size of the product. CSS gets them as custom properties ({@link customProperties}),
 * antd as its theme; components name a token and never a value. Sizes are CSS pixels, motion is in ms.
 */

export const space = [4, 8, 12, 16, 24, 32, 48] as const;
export const radius = { small: 6, large: 12, round: 999 } as const;
export const fontSize = [12, 14, 16, 20, 28, 40, 64, 96] as const;
export const lineHeight = { text: 1.6, stage: 1.25, tight: 1 } as const;
export const motion = { fast: 100, normal: 150 } as const;
/** Smallest touch target at a desk and on an interactive whiteboard. */
export const touch = { desk: 44, board: 72 } as const;
export const layer = { edge: 10, sheet: 20, notice: 30 } as const;

/** What is written with on the board, on white paper and over pictures. */
export const inkColor = {
  black: '#1b2324',
  red: '#d8261c',
  orange: '#ef7d00',
  green: '#128a3e',
  blue: '#1557d6',
  purple: '#7b2fbe',
  white: '#ffffff',
} as const;
/** Of a highlighter. */
export const inkOpacity = 0.35;

export const fontFamily =
  '"HarmonyOS Sans SC", "MiSans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

/** Lengths that belong to one place of one page. */
export const measure = {
  line: 1,
  focus: 3,
  dot: 10,
  icon: 20,
  iconLarge: 28,
  logo: 32,
  accentBar: 4,
  seek: 6,
  thumb: 16,
  meter: 4,
  headerHeight: 64,
  officeWidth: 1080,
  picture: 264,
  accountWidth: 248,
  timeColumn: 132,
  actionColumn: 188,
  consoleSide: 320,
  replayPanel: 340,
  dialog: 440,
  prose: 640,
  menu: 360,
  boardThumb: 112,
  menuWide: 520,
  intakeForm: 400,
  cueRow: 44,
  deskTile: 156,
  /** The row of small pictures at the editing desk, and on a phone. */
  editSlots: 104,
  editSlotsSmall: 76,
  editPanel: 380,
  periodColumn: 88,
  dayColumn: 132,
  gridRow: 84,
  weekSelect: 232,
  adminMenu: 176,
  adminDrawer: 480,
  officeWide: 1520,
  libraryCover: 208,
  libraryFacets: 220,
} as const;

/**
 * Type of a big screen, read from 8 m: sizes at 1080 lines, and the least they shrink to on a small
 * screen held in the hand.
 */
export const stageText = { 40: 15, 64: 20, 96: 30 } as const;

export interface Palette {
  canvas: string;
  surface: string;
  raised: string;
  well: string;
  line: string;
  lineStrong: string;
  text: string;
  quiet: string;
  faint: string;
  accent: string;
  accentHover: string;
  accentSoft: string;
  accentText: string;
  onAccent: string;
  live: string;
  liveHover: string;
  liveSoft: string;
  onLive: string;
  /** Text and marks that say that something is wrong; `live` is for what runs and what ends. */
  alarm: string;
  warn: string;
  warnSoft: string;
  ready: string;
  readySoft: string;
  veil: string;
  veilLight: string;
  shadow: string;
}

/** Light office: timetable, library, administration. */
export const office: Palette = {
  canvas: '#f4f7f7',
  surface: '#ffffff',
  raised: '#ffffff',
  well: '#eaf0f0',
  line: '#dde6e7',
  lineStrong: '#b9c7c9',
  text: '#16282b',
  quiet: '#52666a',
  faint: '#5f7377',
  accent: '#0e7c86',
  accentHover: '#0a6670',
  accentSoft: '#e6f4f5',
  accentText: '#0b6b74',
  onAccent: '#ffffff',
  live: '#c62f2b',
  liveHover: '#a92522',
  liveSoft: '#fdecea',
  onLive: '#ffffff',
  alarm: '#b3261e',
  warn: '#8f5a00',
  warnSoft: '#fff4df',
  ready: '#1a7a49',
  readySoft: '#e5f5ec',
  veil: 'rgba(12, 24, 26, 0.55)',
  veilLight: 'rgba(12, 24, 26, 0.25)',
  shadow: '0 1px 2px rgba(16, 44, 48, 0.05), 0 4px 16px rgba(16, 44, 48, 0.06)',
};

/** Dark stage: the picture is the page. */
export const stage: Palette = {
  canvas: '#0b1112',
  surface: '#141d1f',
  raised: '#1c282a',
  well: '#05090a',
  line: '#263437',
  lineStrong: '#3d5054',
  text: '#f0f6f6',
  quiet: '#adc0c2',
  faint: '#8ba1a4',
  accent: '#128591',
  accentHover: '#17a0ae',
  accentSoft: '#12363a',
  accentText: '#6fd3db',
  onAccent: '#ffffff',
  live: '#d63a34',
  liveHover: '#ea4f48',
  liveSoft: '#3d1a19',
  onLive: '#ffffff',
  alarm: '#ff9d94',
  warn: '#f5bd4f',
  warnSoft: '#3a2d12',
  ready: '#58d198',
  readySoft: '#12352a',
  veil: 'rgba(5, 9, 10, 0.72)',
  veilLight: 'rgba(5, 9, 10, 0.3)',
  shadow: '0 8px 32px rgba(0, 0, 0, 0.45)',
};
