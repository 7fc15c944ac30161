import { expect, test } from '@jest/globals';
import { iceServersFor } from './ice-servers.ts';

const turn = {
  urls: ['stun:a.example', 'turn:a.example:3478?transport=udp'],
  secret: 'north',
  ttlSeconds: 3600,
};

test('TURN credentials carry their expiry and the HMAC of it', () => {
  const [stun, relay] = iceServersFor('participant', turn, 1_000_000_000);
  expect(stun).toEqual({ urls: ['stun:a.example'] });
  expect(relay).toEqual({
    urls: ['turn:a.example:3478?transport=udp'],
    username: '1003600:participant',
    // printf '1003600:participant' | openssl dgst -sha1 -hmac north -binary | base64
    credential: 'vYtAWblIgzFF0vD5NMBzedBw1Ag=',
  });
});

test('without servers nothing is handed out', () => {
  expect(iceServersFor('participant', { ...turn, urls: [] })).toEqual([]);
});
