import { mkdirSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { deb822Sources, debianSourceList, distribution, missingPackages, oneLineSources } from './apt.mjs';

test('only what dpkg has installed counts as there', () => {
  const status = [
    'Package: ffmpeg\nStatus: install ok installed\nVersion: 1',
    'Package: chromium\nStatus: deinstall ok config-files',
    'Package: g++\nStatus: install ok half-configured',
  ].join('\n\n');
  expect(missingPackages(['ffmpeg', 'chromium', 'g++', 'make'], status)).toEqual(['chromium', 'g++', 'make']);
});

test('reads the distribution', () => {
  expect(distribution('ID=ubuntu\nID_LIKE="debian"\nVERSION_CODENAME=noble\n')).toEqual({
    id: 'ubuntu',
    like: ['debian'],
    codename: 'noble',
  });
  expect(distribution('')).toEqual({ id: '', like: [], codename: '' });
});

test('one-line sources become source-package sources, other vendors are left out', () => {
  const text = `# a comment
deb http://mirror.example/debian bookworm main contrib
deb [signed-by=/k.gpg arch=amd64] http://mirror.example/debian-security bookworm-security main
deb-src http://mirror.example/debian bookworm main
deb [signed-by=/x.gpg] https://vendor.example/apt cloud-sdk-bookworm main
`;
  expect(oneLineSources(text, 'bookworm')).toBe(`deb-src http://mirror.example/debian bookworm main contrib
deb-src [signed-by=/k.gpg arch=amd64] http://mirror.example/debian-security bookworm-security main
`);
});

test('stanzas become source-package stanzas with the same mirror and key', () => {
  const text = `# header
Types: deb
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/k.gpg

Types: deb
URIs: https://vendor.example/node
Suites: nodistro
Components: main
`;
  expect(deb822Sources(text, 'bookworm')).toBe(`Types: deb-src
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/k.gpg
`);
});

test("the machine's own sources are not touched", async () => {
  const dir = await mkdtemp(join(tmpdir(), 'apt-'));
  const etc = join(dir, 'etc');
  mkdirSync(join(etc, 'sources.list.d'), { recursive: true });
  await writeFile(join(etc, 'sources.list'), 'deb http://m.example/debian trixie main\n');
  await writeFile(join(etc, 'sources.list.d/vendor.list'), 'deb http://v.example/apt stable main\n');
  debianSourceList(join(dir, 'out'), { etc, codename: 'trixie' });
  expect(await readdir(join(dir, 'out'))).toEqual(['sources.list']);
  expect(await readFile(join(etc, 'sources.list'), 'utf8')).toBe('deb http://m.example/debian trixie main\n');
  await rm(dir, { recursive: true });
});
