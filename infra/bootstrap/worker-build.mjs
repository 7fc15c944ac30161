import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { patches } from '../mediasoup-worker/patches.mjs';
import { buildLibsrtp } from './libsrtp.mjs';
import { run, SetupError } from './shell.mjs';

/** Debian/Ubuntu packages with what the build needs beside mediasoup's npm package. */
export const buildPackages = [
  'g++',
  'make',
  'pkg-config',
  'libuv1-dev',
  'libssl-dev',
  'libabsl-dev',
  'libflatbuffers-dev',
  'flatbuffers-compiler',
];

// Of mediasoup's worker/fbs/FBS/meson.build.
const flatcFlags = [
  '--cpp',
  '--cpp-field-case-style',
  'lower',
  '--reflect-names',
  '--scoped-enums',
  '--filename-suffix',
  '',
];

const compileFlags = [
  '-std=c++20',
  '-O3',
  '-DNDEBUG',
  os.endianness() === 'LE' ? '-DMS_LITTLE_ENDIAN' : '-DMS_BIG_ENDIAN',
  '-DFLATBUFFERS_LOCALE_INDEPENDENT=1',
  '-DMS_EXECUTABLE',
  '-w',
];

/**
 * File names in a meson list, `name = ['a', 'b']` and every `name += [...]` after it.
 *
 * @param {string} meson content of a meson.build
 * @param {string} name of the list
 * @returns {string[]}
 */
export function mesonList(meson, name) {
  const lists = meson.matchAll(new RegExp(`^ *${name} \\+?= \\[([^\\]]*)\\]`, 'gm'));
  return [...lists].flatMap((list) => [...list[1].matchAll(/'([^']+)'/g)].map((entry) => entry[1]));
}

/**
 * Source files of the worker, relative to mediasoup's `worker` folder.
 *
 * @param {string} worker mediasoup's `worker` folder
 */
export function workerSources(worker) {
  const read = (file) => fs.readFileSync(path.join(worker, file), 'utf8');
  const own = mesonList(read('meson.build'), 'common_sources');
  const webrtc = mesonList(read('deps/libwebrtc/meson.build'), 'libwebrtc_sources');
  if (own.length === 0 || webrtc.length === 0) {
    throw new SetupError(
      `No source lists found in ${worker}/meson.build: this mediasoup version is not known.`,
    );
  }
  return [...own, 'src/main.cpp', ...webrtc.map((file) => `deps/libwebrtc/${file}`)];
}

/**
 * Builds mediasoup's worker from the sources in its npm package against the
 * distribution's libraries, for machines that cannot fetch the official binary.
 *
 * @param {{mediasoup: string, recipe: string, work: string, log: string, say: (text: string) => void}} options
 *   mediasoup: folder of the npm package; recipe: `infra/mediasoup-worker`; work: an empty folder
 * @returns {Promise<{program: string, note: string}>} the built program inside `work`, and what to know of it
 */
export async function buildWorker({ mediasoup, recipe, work, log, say }) {
  const worker = path.join(mediasoup, 'worker');
  say('libsrtp');
  const srtp = await buildLibsrtp({ work: path.join(work, 'libsrtp'), log });
  say('flatc');
  const generated = await generateHeaders({ worker, work, log });
  const includes = [
    path.join(recipe, 'include'),
    path.join(worker, 'include'),
    generated,
    path.join(worker, 'deps/libwebrtc'),
    path.join(worker, 'deps/libwebrtc/libwebrtc'),
    ...srtp.includes,
  ].map((dir) => `-I${dir}`);
  const compile = (...args) => run('g++', [...compileFlags, ...includes, ...args], { log });

  say('precompiled header');
  const header = path.join(work, 'precompiled.hpp');
  fs.copyFileSync(path.join(recipe, 'precompiled.hpp'), header);
  await compile('-x', 'c++-header', header, '-o', `${header}.gch`);
  const objects = await compileAll({ worker, work, header, compile, say });

  say('link');
  const program = path.join(work, 'mediasoup-worker');
  await run('g++', ['-s', '-o', program, ...objects, ...srtp.libs, ...linkLibraries()], { log });
  const note = srtp.slow ? 'compiled here, with the slower libsrtp of the distribution' : 'compiled here';
  return { program, note };
}

/** Headers of the messages between Node and the worker, as `#include "FBS/…"` finds them below the result. */
async function generateHeaders({ worker, work, log }) {
  const folder = path.join(work, 'fbs');
  const out = path.join(folder, 'FBS');
  fs.mkdirSync(out, { recursive: true });
  const schemas = fs.readdirSync(path.join(worker, 'fbs')).filter((file) => file.endsWith('.fbs'));
  await run('flatc', [...flatcFlags, '-o', out, ...schemas.map((file) => path.join(worker, 'fbs', file))], {
    log,
  });
  return folder;
}

/** Compiles every source, several at a time, and gives the paths of the objects. */
async function compileAll({ worker, work, header, compile, say }) {
  const sources = workerSources(worker);
  const objectOf = (name) => path.join(work, 'obj', `${name.replace(/[/.]/g, '_')}.o`);
  fs.mkdirSync(path.join(work, 'obj'), { recursive: true });
  const queue = [...sources];
  let done = 0;
  const compileNext = async () => {
    for (let name = queue.shift(); name; name = queue.shift()) {
      const prefix = name.startsWith('src/') ? ['-include', header] : [];
      await compile(...prefix, '-c', patched({ worker, work, file: name }), '-o', objectOf(name));
      done += 1;
      say(`${done}/${sources.length} files`);
    }
  };
  try {
    await Promise.all(Array.from({ length: jobs() }, compileNext));
  } finally {
    // After a failure the others finish their file and take no more.
    queue.length = 0;
  }
  return sources.map(objectOf);
}

/** A compiler takes up to 1 GB. */
function jobs() {
  const processors = os.availableParallelism?.() ?? os.cpus().length;
  return Math.max(1, Math.min(processors, Math.floor(os.totalmem() / 1e9)));
}

/** Path to compile for a source file: a changed copy where a patch applies. */
function patched({ worker, work, file }) {
  const original = path.join(worker, file);
  const mine = patches.filter((patch) => patch.file === file);
  if (mine.length === 0) return original;
  let text = fs.readFileSync(original, 'utf8');
  for (const { find, replace } of mine) {
    if (text.split(find).length !== 2) {
      throw new SetupError(`"${find}" is not once in ${file}: this mediasoup version is not known.`);
    }
    text = text.replace(find, replace);
  }
  const copy = path.join(work, 'patched', file);
  fs.mkdirSync(path.dirname(copy), { recursive: true });
  fs.writeFileSync(copy, text);
  return copy;
}

function linkLibraries() {
  const flags = execFileSync('pkg-config', ['--libs', 'absl_strings', 'absl_optional', 'libuv', 'openssl']);
  return [...flags.toString().trim().split(/\s+/), '-lpthread', '-ldl'];
}
