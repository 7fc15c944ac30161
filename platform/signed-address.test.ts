import { expect, test } from '@jest/globals';
import { SignedAddresses } from './signed-address.ts';

const NOW = 1_800_000_000_000;
const addresses = new SignedAddresses('secret', 300);
const parts = (address: string) => address.split('/').slice(3);
const recording = addresses.folder(['recordings', 'R'], undefined, NOW);

test('an address permits what lies inside its scope, for minutes', () => {
  expect(recording).toMatch(/^\/media\/s\/\d{10}\/[\w-]{22}\/recordings\/R\/$/);
  const asked = parts(`${recording}T/l0/index.m3u8`);
  expect(addresses.check(asked, NOW)).toMatchObject({
    scope: ['recordings', 'R'],
    rest: ['T', 'l0', 'index.m3u8'],
  });
  expect(addresses.check(asked, NOW + 299_000)).not.toBeNull();
  expect(addresses.check(asked, NOW + 361_000)).toBeNull();
});

test.each([
  ['another recording', recording.replace('/R/', '/Q/')],
  ['a later expiry', recording.replace(/\d{10}/, '1999999999')],
  ['another signature', recording.replace(/[\w-]{22}/, 'A'.repeat(22))],
  ['a shorter signature', recording.replace(/[\w-]{22}/, 'A')],
  ['another kind', recording.replace('recordings', 'files')],
  ['an unknown kind', recording.replace('recordings', 'database')],
])('%s is refused', (_what, address) => {
  expect(addresses.check(parts(`${address}x`), NOW)).toBeNull();
});

test('another secret makes other signatures', () => {
  expect(new SignedAddresses('other', 300).check(parts(`${recording}x`), NOW)).toBeNull();
});

test('who asks within the same minute gets the same address', () => {
  expect(addresses.folder(['files', 'A'], 300, NOW + 1)).toBe(
    addresses.folder(['files', 'A'], 300, NOW + 59_000),
  );
});
