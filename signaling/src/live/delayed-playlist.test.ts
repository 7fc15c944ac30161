import { expect, test } from '@jest/globals';
import { delayedPlaylist } from './delayed-playlist.ts';

const segment = (name: string, ...tags: string[]) => [...tags, '#EXTINF:2.000000,', name];
const playlist = [
  '#EXTM3U',
  '#EXT-X-VERSION:7',
  '#EXT-X-PLAYLIST-TYPE:EVENT',
  '#EXT-X-MAP:URI="init0.mp4"',
  ...segment('a.m4s'),
  ...segment('b.m4s', '#EXT-X-DISCONTINUITY', '#EXT-X-MAP:URI="init1.mp4"'),
  ...segment('c.m4s'),
].join('\n');

test('what was said within the delay is not in the playlist, nor is its name', () => {
  const shown = delayedPlaylist(`${playlist}\n`, 4.5, '/media/s/x/');
  expect(shown?.split('\n')).toEqual([
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-PLAYLIST-TYPE:EVENT',
    '#EXT-X-MAP:URI="/media/s/x/init0.mp4"',
    '#EXTINF:2.000000,',
    '/media/s/x/a.m4s',
    '#EXT-X-DISCONTINUITY',
    '#EXT-X-MAP:URI="/media/s/x/init1.mp4"',
    '#EXTINF:2.000000,',
    '/media/s/x/b.m4s',
    '',
  ]);
});

test('before the delay is over there is nothing', () => {
  expect(delayedPlaylist(playlist, 1.9, '/')).toBeNull();
  expect(delayedPlaylist(playlist, -20, '/')).toBeNull();
});

test('it ends for the viewer when they have seen all of it', () => {
  expect(delayedPlaylist(`${playlist}\n#EXT-X-ENDLIST\n`, 5, '/')).not.toContain('ENDLIST');
  expect(delayedPlaylist(`${playlist}\n#EXT-X-ENDLIST\n`, 6, '/')).toContain('c.m4s\n#EXT-X-ENDLIST');
});
