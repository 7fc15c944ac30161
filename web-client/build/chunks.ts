import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SRC = fileURLToPath(new URL('../src/', import.meta.url));
const inSrc = (...names: string[]) => names.map((name) => join(SRC, name));

/** The entry itself is not cut: what comes with it is. */
const MAIN = inSrc('main.tsx');
const ROOM = inSrc('room/RoomPage.tsx');
const STAGE = inSrc('classroom/LessonPage.tsx');
const QUESTION = inSrc('asking/QuestionOnStage.tsx');
const BOARD = inSrc('board/MainBoard.tsx');
const OFFICE = inSrc('office/OfficeLayout.tsx', 'today/TodayPage.tsx');
const ADMIN = inSrc(
  'admin/AdminLayout.tsx',
  ...['PageHead.tsx', 'EmptyNote.tsx', 'ExportMenu.tsx', 'use-phone.ts'].map((name) => `admin/kit/${name}`),
);
const TABLES = inSrc('admin/kit/DataTable.tsx');
const FORMS = inSrc('admin/kit/FormDrawer.tsx');
const DAYS = inSrc('admin/kit/DayPicker.tsx');

/** Pages of a lesson: what they share may come with any of them. */
const IN_LESSONS =
  /[\\/]src[\\/](asking|assistant|board|check|classroom|desk|lesson|pair|presenter|remote|room)[\\/]/;
/** Pages with pieces of a lesson's, and none of what sends and receives. */
const AFTER_LESSONS = /[\\/]src[\\/](editor|live|notes|replay|review)[\\/]/;

/** One's own modules with their styles, the protocol's, and icons. */
const OURS =
  /[\\/](web-client[\\/]src|protocol)[\\/].*\.(tsx?|css)$|[\\/]@tabler[\\/]icons-react[\\/]|^virtual:tokens/;
/** What every page needs, in one file that changes only when a library does. */
export const BASE =
  /^(?!.*[qQ]ueries).*node_modules[\\/](react|react-dom|scheduler|react-router|i18next|react-i18next|@tanstack|zod)[\\/]|preload-helper|rolldown[\\/]runtime|[\\/]createReactComponent\.mjs$/;

/** Of these a page has what it names, not all that comes with their door. */
const BARRELS = /node_modules[\\/]@tanstack[\\/]/;

interface Graph {
  getModuleInfo(id: string): {
    importedIds: readonly string[];
    dynamicallyImportedIds: readonly string[];
    code: string | null;
  } | null;
}

/** Libraries whose one door opens on everything they have: what somebody takes of them is a module of its own. */
const DOORS: readonly { door: RegExp; from: RegExp; module(name: string): string }[] = [
  {
    door: /[\\/]antd[\\/]es[\\/]index\.js$/,
    from: /import\s*\{([^}]*)\}\s*from\s*["']antd["']/g,
    module: (name) => `${name.replace(/\B[A-Z]/g, '-$&').toLowerCase()}/index.js`,
  },
  {
    door: /[\\/]@tabler[\\/]icons-react[\\/]dist[\\/]esm[\\/][\w-]+\.mjs$/,
    from: /import\s*\{([^}]*)\}\s*from\s*["']@tabler\/icons-react["']/g,
    module: (name) => `icons/${name}.mjs`,
  },
];

function importsOf(id: string, graph: Graph): string[] {
  const { importedIds = [], code } = graph.getModuleInfo(id) ?? {};
  return importedIds.flatMap((imported) => {
    const library = OURS.test(id) && DOORS.find(({ door }) => door.test(imported));
    if (!library) return [imported];
    const taken = [...(code ?? '').matchAll(library.from)].flatMap(([, names = '']) => names.split(','));
    return taken.flatMap((one) => {
      const name = /\w+/.exec(one)?.[0];
      return name ? [imported.replace(/[\w-]+\.m?js$/, library.module(name))] : [];
    });
  });
}

const reached = new Map<string, ReadonlySet<string>>();
/** All that comes with modules. */
function comesWith(modules: readonly string[], graph: Graph): ReadonlySet<string> {
  const key = modules.join('\n');
  const known = reached.get(key);
  if (known) return known;
  const found = new Set<string>();
  const next = [...modules];
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    next.push(...importsOf(id, graph));
  }
  reached.set(key, found);
  return found;
}

let begun: readonly string[] | null = null;
/** What is loaded when somebody asks for it: every page, every drawer. */
function beginnings(graph: Graph): readonly string[] {
  if (begun) return begun;
  const found = new Set<string>(MAIN);
  for (const one of found)
    for (const id of comesWith([one], graph))
      for (const asked of graph.getModuleInfo(id)?.dynamicallyImportedIds ?? []) found.add(asked);
  begun = [...found];
  return begun;
}

/**
 * The chunk of a module, where it is not left to the bundler: a classroom's pages and the office's frame each in a few
 * files. Of the hundred crumbs in which they would come, most hold less than what it costs to ask for them and to begin
 * compressing anew.
 */
export function chunkOf(id: string, graph: Graph): string | null {
  if (MAIN.includes(id)) return null;
  const isIn = (pages: readonly string[]) => comesWith(pages, graph).has(id);
  const others = () => beginnings(graph).filter((one) => isIn([one]));
  if (!OURS.test(id)) return BARRELS.test(id) ? null : officeChunk(isIn, others, graph);
  const chunk = classroomChunk(isIn, others);
  if (chunk || others().some((one) => IN_LESSONS.test(one) || AFTER_LESSONS.test(one))) return chunk;
  return officeChunk(isIn, others, graph);
}

type IsIn = (pages: readonly string[]) => boolean;

function classroomChunk(isIn: IsIn, beginningsOf: () => readonly string[]): string | null {
  if (isIn(MAIN)) return 'common';
  if (!isIn(ROOM) && !isIn(STAGE) && !isIn(BOARD) && !isIn(QUESTION)) return null;
  const others = beginningsOf().filter((one) => !IN_LESSONS.test(one));
  const afterwards = others.length > 0 && others.every((one) => AFTER_LESSONS.test(one));
  if (isIn(STAGE))
    return isIn(ROOM) ? 'common' : afterwards ? 'watching' : others.length > 0 ? 'common' : 'stage';
  if (isIn(ROOM)) return others.length > 0 ? 'common' : null;
  if (!isIn(BOARD)) return others.length === 0 ? 'question' : null;
  return afterwards ? 'ink' : others.length > 0 ? 'common' : 'board';
}

/** A part of the kit has what nobody takes without it. */
function officeChunk(isIn: IsIn, beginningsOf: () => readonly string[], graph: Graph): string | null {
  if (isIn(OFFICE)) return 'office';
  if (isIn(ADMIN)) return 'admin';
  for (const [name, kit] of [
    ['tables', TABLES],
    ['forms', FORMS],
    ['days', DAYS],
  ] as const)
    if (isIn(kit) && beginningsOf().every((one) => comesWith([one], graph).has(kit[0]!))) return name;
  return null;
}
