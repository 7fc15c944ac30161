import { expect, test } from '@jest/globals';
import { completed, lockProblems, missingOptional } from './lock-file.mjs';

const packages = {
  '': {},
  'node_modules/tool': {
    version: '2.0.0',
    dev: true,
    optionalDependencies: {
      'tool-linux-x64-musl': '2.0.0',
      'tool-darwin-arm64': '2.0.0',
      'tool-linux-x64': '2.0.0',
    },
  },
  'node_modules/tool-linux-x64': { version: '2.0.0', optional: true },
  'node_modules/other': { version: '1.0.0', optionalDependencies: { fsevents: '~2.3.3' } },
  'node_modules/other/node_modules/fsevents': { version: '2.3.3' },
};

test('builds for other systems are added with what their names tell', () => {
  expect(missingOptional(packages).map(({ name }) => name)).toEqual([
    'tool-linux-x64-musl',
    'tool-darwin-arm64',
  ]);
  const all = completed(packages);
  expect(all['node_modules/tool-linux-x64-musl']).toEqual({
    version: '2.0.0',
    cpu: ['x64'],
    dev: true,
    libc: ['musl'],
    optional: true,
    os: ['linux'],
  });
  expect(all['node_modules/tool-darwin-arm64']).toMatchObject({ os: ['darwin'], cpu: ['arm64'] });
  expect(lockProblems(all)).toEqual([]);
});

test('a hole and a registry address are told', () => {
  expect(lockProblems(packages)[0]).toMatch(/^node_modules\/tool asks for tool-linux-x64-musl: run /);
  expect(
    lockProblems({ 'node_modules/a': { version: '1.0.0', resolved: 'https://registry.example/a.tgz' } }),
  ).toEqual(['node_modules/a names the registry it came from']);
});
