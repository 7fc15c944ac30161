import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { Config, ConfigError, loadConfig } from './config.ts';

const folder = await mkdtemp(join(tmpdir(), 'config-'));
afterAll(() => rm(folder, { recursive: true }));

async function file(text: string): Promise<string> {
  const path = join(folder, `${Math.random()}.yaml`);
  await writeFile(path, text);
  return path;
}

test('the example file holds every key with its default', () => {
  const example = parse(readFileSync(new URL('../config.example.yaml', import.meta.url), 'utf8'));
  expect(example).toEqual(Config.parse({}));
});

test('environment variables go before the file, the file before the defaults', async () => {
  const TC_CONFIG = await file('http:\n  port: 1111\nsfu: { port: 2222 }\n');
  const config = loadConfig({
    TC_CONFIG,
    TC_HTTP_PORT: '3333',
    TC_DEMO_ENABLED: 'false',
    TC_TURN_URLS: 'turn:a, turn:b',
  });
  expect(config.http).toEqual({ host: '127.0.0.1', port: 3333 });
  expect(config.sfu.port).toBe(2222);
  expect(config.demo.enabled).toBe(false);
  expect(config.turn.urls).toEqual(['turn:a', 'turn:b']);
});

test('DATABASE_URL is the database, unless TC_DATABASE_URL says another', async () => {
  const TC_CONFIG = await file("database: { url: 'postgres://file/x' }");
  const urlOf = (env: NodeJS.ProcessEnv) => loadConfig({ TC_CONFIG, ...env }).database.url;
  expect(urlOf({})).toBe('postgres://file/x');
  expect(urlOf({ DATABASE_URL: '' })).toBe('postgres://file/x');
  expect(urlOf({ DATABASE_URL: 'postgres://alias/x' })).toBe('postgres://alias/x');
  expect(urlOf({ DATABASE_URL: 'postgres://alias/x', TC_DATABASE_URL: 'postgres://own/x' })).toBe(
    'postgres://own/x',
  );
});

test.each([
  ['http: { prot: 1 }', /http: .*prot/],
  ['http: { port: 70000 }', /http\.port/],
  ['school: { timeZone: Asia/Atlantis }', /school\.timeZone/],
  ['- a', /keys and values/],
  ['http: [', /not valid YAML/],
])('a wrong file is refused by name: %s', async (text, message) => {
  const TC_CONFIG = await file(text);
  expect(() => loadConfig({ TC_CONFIG })).toThrow(ConfigError);
  expect(() => loadConfig({ TC_CONFIG })).toThrow(message);
});

test.each([{ TC_HTTP_PORT: 'many' }, { TC_HTTP_PORT: '' }, { TC_HTTPS_ENABLED: 'perhaps' }])(
  'a wrong variable is refused: %j',
  (env) => {
    expect(() => loadConfig(env)).toThrow(ConfigError);
  },
);

test('a file that is named but missing is said', () => {
  expect(() => loadConfig({ TC_CONFIG: join(folder, 'nowhere.yaml') })).toThrow(/not there/);
});
