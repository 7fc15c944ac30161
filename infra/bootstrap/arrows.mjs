import fs from 'node:fs';
import path from 'node:path';

/**
 * Which top-level folders a folder may import from (DESIGN: services → platform →
 * protocol; the web client → protocol). What is not listed may import nothing but itself.
 */
export const mayImport = {
  protocol: [],
  platform: ['protocol'],
  signaling: ['platform', 'protocol'],
  sfu: ['platform', 'protocol'],
  recorder: ['platform', 'protocol'],
  'web-client': ['protocol'],
  infra: ['signaling', 'sfu', 'recorder', 'platform', 'protocol'],
  e2e: ['signaling', 'sfu', 'recorder', 'web-client', 'infra', 'bench', 'platform', 'protocol'],
  bench: ['signaling', 'sfu', 'recorder', 'web-client', 'infra', 'e2e', 'platform', 'protocol'],
};

const isSource = (name) => /\.(ts|tsx|mjs)$/.test(name);
const skipped = new Set(['node_modules', 'dist', 'out']);

/**
 * Imports of one source text. `type` imports vanish at run time, so they make no cycle.
 *
 * @param {string} text
 * @returns {{from: string, type: boolean}[]}
 */
export function importsOf(text) {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const statements = code.matchAll(
    /^\s*(?:import|export)\s+(type\s)?(?:[\w*{][^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm,
  );
  const calls = code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g);
  return [
    ...[...statements].map((match) => ({ from: match[2], type: Boolean(match[1]) })),
    // A dynamic import runs later, when both modules are complete.
    ...[...calls].map((match) => ({ from: match[1], type: true })),
  ];
}

/** Path relative to `root` that an import names, or undefined for a package. */
export function resolveImport(from, file) {
  if (from.startsWith('#')) return from.slice(1);
  if (from.startsWith('.')) return path.posix.join(path.posix.dirname(file), from);
  return undefined;
}

/**
 * Every import that goes against the arrows, and every cycle of imports.
 *
 * @param {string} root
 * @returns {{problems: string[], files: number}}
 */
export function checkArrows(root) {
  const files = Object.keys(mayImport).flatMap((folder) => sources(root, folder));
  const graph = new Map();
  const problems = [];
  for (const file of files) {
    const folder = file.split('/')[0];
    const targets = [];
    for (const { from, type } of importsOf(fs.readFileSync(path.join(root, file), 'utf8'))) {
      const target = resolveImport(from, file);
      if (!target) continue;
      const other = target.split('/')[0];
      if (other !== folder && !mayImport[folder].includes(other)) {
        problems.push(`${file}: ${folder} may not import ${other} (${from})`);
      }
      if (!type) targets.push(target);
    }
    graph.set(file, targets);
  }
  for (const cycle of cycles(graph)) problems.push(`cycle: ${cycle.join(' → ')}`);
  return { problems, files: files.length };
}

function sources(root, folder) {
  const full = path.join(root, folder);
  if (!fs.existsSync(full)) return [];
  return fs.readdirSync(full, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : sources(root, `${folder}/${entry.name}`);
    return isSource(entry.name) ? [`${folder}/${entry.name}`] : [];
  });
}

/** Cycles found by walking depth first, each once, as the chain of files that closes it. */
export function cycles(graph) {
  const done = new Set();
  const found = [];
  const walk = (node, trail) => {
    const at = trail.indexOf(node);
    if (at >= 0) return found.push([...trail.slice(at), node]);
    if (done.has(node)) return;
    for (const next of graph.get(node) ?? []) walk(next, [...trail, node]);
    done.add(node);
  };
  for (const node of graph.keys()) walk(node, []);
  return found;
}
