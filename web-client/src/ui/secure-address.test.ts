import { expect, test } from '@jest/globals';
import { secureTwins } from './secure-address.ts';

test('the twin on the same host comes first and keeps the path', () => {
  const origins = ['https://10.0.0.1:3443', 'https://school.example:3443'];
  expect(secureTwins(origins, { hostname: 'school.example', pathname: '/lessons/x' })).toEqual([
    'https://school.example:3443/lessons/x',
    'https://10.0.0.1:3443/lessons/x',
  ]);
});
