import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** A page's script with all it imports, as one file. */
export interface Bundle {
  path: string;
  remove(): void;
}

/** @param name of a file below `bench/page`. */
export async function bundle(name: string): Promise<Bundle> {
  const outDir = mkdtempSync(join(tmpdir(), 'three-classrooms-bench-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('..', import.meta.url)),
    build: {
      outDir,
      emptyOutDir: true,
      lib: {
        entry: fileURLToPath(new URL(`../page/${name}`, import.meta.url)),
        formats: ['iife'],
        name: 'page',
        fileName: () => 'page.js',
      },
    },
  });
  return {
    path: join(outDir, 'page.js'),
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  };
}
