import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { BASE, chunkOf } from './build/chunks.ts';
import { compressed } from './build/compressed.ts';
import { leaveOut } from './build/left-out.ts';
import { words } from './build/words.ts';
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
      const list = chunks.map(({ fileName, facadeModuleId, isEntry, imports, moduleIds, viteMetadata }) => ({
        ...{ fileName, isEntry, imports, styles: [...(viteMetadata?.importedCss ?? [])] },
        facade: facadeModuleId?.replace(root, '').replace('\0', '') ?? null,
        modules: moduleIds.map((id) => id.replace(root, '').replace(/^.*node_modules[\\/]/, 'node_modules/')),
      }));
      this.emitFile({ type: 'asset', fileName: '.vite/chunks.json', source: JSON.stringify(list) });
    },
  };
}

/** Where the development server finds the platform: `PLATFORM=https://host:port npx vite web-client`. */
const platform = process.env.PLATFORM ?? 'http://127.0.0.1:3000';
const proxied = { target: platform, changeOrigin: false, secure: false };

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
          groups: [
            { name: 'base', test: BASE, priority: 3 },
            { name: chunkOf, priority: 2, includeDependenciesRecursively: false },
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
