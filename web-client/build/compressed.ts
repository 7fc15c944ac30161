import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);
const COMPRESSED = /\.(js|css|svg)$/;
/** Below this a packet is a packet. */
const COMPRESSED_FROM = 1024;

/**
 * Lays each file beside itself compressed, once and well: the server sends what the browser takes. Plain HTTP gets
 * gzip, because browsers take Brotli over secure lines only.
 */
export function compressed(): Plugin {
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
