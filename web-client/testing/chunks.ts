import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One file of the bundle, as the build writes it down (`vite.config.ts`). */
export interface Chunk {
  fileName: string;
  isEntry: boolean;
  /** Chunks that come with it. */
  imports: string[];
  /** The module whose own it is; null for what several share. */
  facade: string | null;
  modules: string[];
  /** Style sheets that come with it. */
  styles: string[];
}

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));

export function readChunks(): Chunk[] {
  const path = `${DIST}.vite/chunks.json`;
  if (!existsSync(path)) throw new Error('the web client is not built: npx vite build web-client');
  return JSON.parse(readFileSync(path, 'utf8')) as Chunk[];
}

/** Everything that a browser loads for pages: the entry, the chunks of these modules, and what comes with them. */
export function chunksOf(chunks: readonly Chunk[], pages: readonly string[]): Chunk[] {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const found = new Set<Chunk>();
  const add = (chunk: Chunk) => {
    if (found.has(chunk)) return;
    found.add(chunk);
    for (const name of chunk.imports) {
      const imported = byName.get(name);
      if (imported) add(imported);
    }
  };
  for (const chunk of chunks) if (chunk.isEntry) add(chunk);
  for (const page of pages) {
    const chunk = chunks.find(({ facade, modules }) => facade === page || modules.includes(page));
    if (!chunk) throw new Error(`no chunk has ${page}`);
    add(chunk);
  }
  return [...found];
}

/** As it crosses a secure line, with its styles. */
export const compressedBytes = ({ fileName, styles }: Chunk): number =>
  [fileName, ...styles].reduce((sum, name) => {
    const path = DIST + name;
    return sum + statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size;
  }, 0);
