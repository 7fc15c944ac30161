import { expect, test } from '@jest/globals';
import { withoutSound } from './silent-manifest.ts';

test('sound leaves the playlist, pictures stay', () => {
  const manifest = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="mic",NAME="mic",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="../m/a/index.m3u8"',
    '#EXT-X-STREAM-INF:BANDWIDTH=1,AVERAGE-BANDWIDTH=1,CODECS="avc1.42e01f,opus",RESOLUTION=640x360,AUDIO="mic"',
    'r1/index.m3u8',
    '',
  ].join('\n');
  expect(withoutSound(manifest)).toBe(
    [
      '#EXTM3U',
      '#EXT-X-VERSION:7',
      '#EXT-X-STREAM-INF:BANDWIDTH=1,AVERAGE-BANDWIDTH=1,CODECS="avc1.42e01f",RESOLUTION=640x360',
      'r1/index.m3u8',
      '',
    ].join('\n'),
  );
});
