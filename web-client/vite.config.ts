import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { enUS } from './src/i18n/en-US.ts';
import { ERROR_WORDS } from './src/i18n/errors.ts';
import { FIRST_TOPICS } from './src/i18n/first-topics.ts';
import { zhCN } from './src/i18n/zh-CN.ts';
import { customProperties } from './src/theme/custom-properties.ts';

/** Serves the design tokens as a stylesheet, so that CSS and antd's theme share one source. */
function tokens(): Plugin {
  const id = 'virtual:tokens.css';
  return {
    name: 'tokens',
    resolveId: (source) => (source === id ? id : null),
    load: (loaded) => (loaded === id ? customProperties() : null),
  };
}

const PDF_JS = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
/** What pdf.js fetches when a PDF asks for it: Chinese character maps, standard fonts, decoders of rare pictures. */
const pdfFiles = ['cmaps', 'standard_fonts', 'wasm'].flatMap((folder) =>
  readdirSync(join(PDF_JS, folder))
    .filter((name) => !name.endsWith('.wasm'))
    .map((name) => ({ fileName: `pdf/${folder}/${name}`, path: join(PDF_JS, folder, name) })),
);

/** Puts them beside the bundle, and serves them while developing. */
function pdfData(): Plugin {
  return {
    name: 'pdf-data',
    generateBundle() {
      for (const { fileName, path } of pdfFiles)
        this.emitFile({ type: 'asset', fileName, source: readFileSync(path) });
    },
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const found = pdfFiles.find(({ fileName }) => request.url === `/${fileName}`);
        if (found) response.end(readFileSync(found.path));
        else next();
      });
    },
  };
}

/** Writes down which modules are in which chunk, and which chunks come with it: what a page loads can be looked up. */
function chunkList(): Plugin {
  return {
    name: 'chunk-list',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const root = fileURLToPath(new URL('..', import.meta.url));
      const list = chunks.map(({ fileName, facadeModuleId, isEntry, imports, moduleIds }) => ({
        ...{ fileName, isEntry, imports },
        facade: facadeModuleId?.replace(root, '').replace('\0', '') ?? null,
        modules: moduleIds.map((id) => id.replace(root, '').replace(/^.*node_modules[\\/]/, 'node_modules/')),
      }));
      this.emitFile({ type: 'asset', fileName: '.vite/chunks.json', source: JSON.stringify(list) });
    },
  };
}

/** The words of one language, in two parts; see `src/i18n/first-topics.ts`. */
function words(): Plugin {
  const name = /^virtual:words\/(zh-CN|en-US)\/(first|rest)$/;
  return {
    name: 'words',
    resolveId: (source) => (name.test(source) ? `\0${source}` : null),
    load(loaded) {
      const [, language, part] = name.exec(loaded.replace('\0', '')) ?? [];
      if (!language) return null;
      const errors = Object.entries(ERROR_WORDS).map(([code, of]) => [
        code,
        language === 'zh-CN' ? of.zh : of.en,
      ]);
      const all = { ...(language === 'zh-CN' ? zhCN : enUS), error: Object.fromEntries(errors) };
      const wanted = Object.entries(all).filter(
        ([topic]) => FIRST_TOPICS.includes(topic) === (part === 'first'),
      );
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(Object.fromEntries(wanted)))})`;
    },
  };
}

/** What libraries bring along and no page asks for; whoever did would hear of it at once. */
const LEFT_OUT: readonly [RegExp, string | ((id: string) => string)][] = [
  [
    /zod[\\/]v4[\\/]core[\\/]to-json-schema\.js$/,
    `const none = () => () => { throw new Error('JSON schemas are left out of the bundle'); };
     export { none as createStandardJSONSchemaMethod, none as createToJSONSchemaMethod, none as extractDefs,
       none as finalize, none as handleUnrepresentable, none as initializeContext, none as process,
       none as processSchema };`,
  ],
  [
    /zod[\\/]v4[\\/]core[\\/]json-schema-processors\.js$/,
    (id) => {
      const names = [...readFileSync(id, 'utf8').matchAll(/^export (?:const|function) (\w+)/gm)].map(
        ([, name]) => name,
      );
      return `const none = () => { throw new Error('JSON schemas are left out of the bundle'); };
        export { ${names.map((name) => `none as ${name}`).join(', ')} };`;
    },
  ],
  // Asks only whoever watches the router work.
  [
    /react-router[\\/]dist[\\/]production[\\/]lib[\\/]router[\\/]instrumentation\.js$/,
    `const none = () => undefined;
     export { none as consumeInstrumentationClientResultMetaReceiver, none as getRouteInstrumentationUpdates,
       none as instrumentClientSideRouter, none as instrumentHandler, none as instrumentationResultMetaContext };`,
  ],
  [
    /zod[\\/]v4[\\/]locales[\\/]en\.js$/,
    `const localeError = ({ code }) => 'Invalid input: ' + code; export default () => ({ localeError });`,
  ],
  // Everything goes by WebSocket; whoever cannot have that cannot have media either.
  [
    /engine\.io-client[\\/]build[\\/]esm[\\/]transports[\\/]index\.js$/,
    `import { WS } from './websocket.js'; export const transports = { websocket: WS };`,
  ],
  [
    /(mediasoup-client|h264-profile-level-id|awaitqueue)[\\/]lib[\\/]Logger\.js$/,
    `const quiet = () => {}; exports.Logger = class { debug = quiet; warn = quiet; error = quiet; };`,
  ],
  [/mediasoup-client[\\/]lib[\\/]handlers[\\/]ReactNative106\.js$/, 'exports.ReactNative106 = class {};'],
  [/mediasoup-client[\\/]lib[\\/]handlers[\\/]FakeHandler\.js$/, 'exports.FakeHandler = class {};'],
  [/mediasoup-client[\\/]lib[\\/]test[\\/]fakeParameters\.js$/, ''],
];

function leaveOut(): Plugin {
  return {
    name: 'leave-out',
    enforce: 'pre',
    apply: 'build',
    load(id) {
      const instead = LEFT_OUT.find(([path]) => path.test(id))?.[1];
      return typeof instead === 'function' ? instead(id) : (instead ?? null);
    },
  };
}

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);
const COMPRESSED = /\.(js|css|svg)$/;
/** Below this a packet is a packet. */
const COMPRESSED_FROM = 1024;

/**
 * Lays each file beside itself compressed, once and well: the server sends what the browser takes. Plain HTTP gets
 * gzip, because browsers take Brotli over secure lines only.
 */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    async writeBundle({ dir = '' }, bundle) {
      const names = Object.keys(bundle).filter((name) => COMPRESSED.test(name));
      await Promise.all(
        names.map(async (name) => {
          const path = join(dir, name);
          const bytes = readFileSync(path);
          if (bytes.length < COMPRESSED_FROM) return;
          const params = {
            [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
            [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
          };
          const made = await Promise.all([brotli(bytes, { params }), gzipped(bytes, { level: 9 })]);
          writeFileSync(`${path}.br`, made[0]);
          writeFileSync(`${path}.gz`, made[1]);
        }),
      );
    },
  };
}

/** The build waits some seconds for it, each classroom's line is spared some hundredths for ever. */
const BROTLI_QUALITY = 11;

/** Where the development server finds the platform: `PLATFORM=https://host:port npx vite web-client`. */
const platform = process.env.PLATFORM ?? 'http://127.0.0.1:3000';
const proxied = { target: platform, changeOrigin: false, secure: false };

const SRC = fileURLToPath(new URL('./src/', import.meta.url));
const inSrc = (names: readonly string[]) => names.map((name) => join(SRC, name));
const ROOM = inSrc(['room/RoomPage.tsx']);
const STAGE = inSrc(['classroom/LessonPage.tsx', 'remote/RemotePage.tsx']);
const ELSEWHERE = inSrc([
  'admin/AdminLayout.tsx',
  'today/TodayPage.tsx',
  'library/LibraryPage.tsx',
  'main.tsx',
]);
/** Has pieces of a lesson's page, and none of what sends and receives. */
const REPLAY = inSrc(['replay/ReplayPage.tsx']);
/** One's own modules and the protocol's; what libraries bring is cut by itself. */
const OWN = /[\\/](web-client[\\/]src|protocol)[\\/].*\.tsx?$/;

interface Modules {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}

const reached = new Map<readonly string[], ReadonlySet<string>>();
/** What comes with modules, as far as it is ours. */
function comesWith(modules: readonly string[], graph: Modules): ReadonlySet<string> {
  const known = reached.get(modules);
  if (known) return known;
  const found = new Set<string>();
  const next = [...modules];
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    if (found.has(id) || !OWN.test(id)) continue;
    found.add(id);
    next.push(...(graph.getModuleInfo(id)?.importedIds ?? []));
  }
  reached.set(modules, found);
  return found;
}

/**
 * A classroom's pages in a few files: of the seventy crumbs in which they would come, most hold less than what it costs
 * to ask for them and to begin compressing anew.
 */
function classroomChunk(id: string, modules: Modules): string | null {
  if (!OWN.test(id)) return null;
  const [room, stage, elsewhere] = [ROOM, STAGE, ELSEWHERE].map((pages) => comesWith(pages, modules).has(id));
  if (room || (stage && elsewhere)) return stage && elsewhere ? 'common' : stage ? 'classroom' : null;
  return stage && !comesWith(REPLAY, modules).has(id) ? 'stage' : null;
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), leaveOut(), tokens(), words(), pdfData(), chunkList(), compressed()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // hls.js and antd are each one large chunk that only their own pages load.
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What every page needs, in one file that changes only when a library does.
          groups: [
            {
              name: 'base',
              test: /node_modules[\\/](react|react-dom|scheduler|react-router|i18next|react-i18next|@tanstack|zod)[\\/]/,
              priority: 3,
            },
            { name: classroomChunk, priority: 2, includeDependenciesRecursively: false },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': proxied,
      '/media': proxied,
      '/whip': proxied,
      '/socket.io': { ...proxied, ws: true },
    },
  },
});
