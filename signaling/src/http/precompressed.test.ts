import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { TestApp } from '../../testing/app.ts';

const SCRIPT = 'console.log("a classroom");'.repeat(100);
let app: TestApp;
beforeAll(async () => {
  app = await TestApp.open(async ({ dataDir }) => {
    const assets = join(dataDir, 'web', 'assets');
    await mkdir(assets, { recursive: true });
    await writeFile(join(assets, 'page-1.js'), SCRIPT);
    await writeFile(join(assets, 'page-1.js.br'), brotliCompressSync(SCRIPT));
    await writeFile(join(assets, 'page-1.js.gz'), gzipSync(SCRIPT));
    await writeFile(join(assets, 'alone.js'), SCRIPT);
    return {};
  });
});
afterAll(() => app.close());

const get = async (path: string, encoding: string) => {
  const response = await fetch(new URL(path, app.origin), { headers: { 'accept-encoding': encoding } });
  const { headers } = response;
  return {
    status: response.status,
    text: await response.text(),
    encoding: headers.get('content-encoding'),
    type: headers.get('content-type'),
    vary: headers.get('vary'),
    cache: headers.get('cache-control'),
  };
};

test('a file goes compressed as the browser takes it, under its own type, and is kept for ever', async () => {
  const kept = { status: 200, text: SCRIPT, type: 'text/javascript; charset=utf-8', vary: 'Accept-Encoding' };
  const cache = 'public, max-age=31536000, immutable';
  expect(await get('/assets/page-1.js', 'gzip, br')).toEqual({ ...kept, cache, encoding: 'br' });
  expect(await get('/assets/page-1.js', 'gzip')).toEqual({ ...kept, cache, encoding: 'gzip' });
  expect(await get('/assets/page-1.js', 'identity')).toEqual({ ...kept, cache, encoding: null });
  expect(await get('/assets/alone.js', 'br')).toEqual({ ...kept, cache, encoding: null });
});

test('no name leads out of the folder', async () => {
  for (const path of ['/assets/..%2f..%2fconfig.js', '/assets/%2e%2e/x.js', '/assets/none.js'])
    expect((await get(path, 'br')).status).toBeGreaterThanOrEqual(400);
});
