import { expect, test } from '@jest/globals';
import { audioMaster, videoMaster } from '#platform/hls/master-playlist.ts';
import { MediaPlaylist } from './media-playlist.ts';

test('a media playlist grows, names a new init segment only when it changes, and ends', () => {
  const playlist = new MediaPlaylist(90_000, Date.UTC(2026, 0, 1));
  playlist.add({ number: 0, salt: 'AbCdEfGhI_-', init: 0, duration: 180_000 });
  playlist.add({ number: 1, salt: 'AbCdEfGhI_-', init: 1, duration: 90_001 });
  playlist.add({ number: 2, salt: 'AbCdEfGhI_-', init: 1, duration: 180_000 });
  expect(playlist.text(false)).toBe(`#EXTM3U
#EXT-X-VERSION:7
#EXT-X-TARGETDURATION:3
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-PLAYLIST-TYPE:EVENT
#EXT-X-PROGRAM-DATE-TIME:2026-01-01T00:00:00.000Z
#EXT-X-MAP:URI="init-0.mp4"
#EXTINF:2.000000,
000000-AbCdEfGhI_-.m4s
#EXT-X-MAP:URI="init-1.mp4"
#EXTINF:1.000011,
000001-AbCdEfGhI_-.m4s
#EXTINF:2.000000,
000002-AbCdEfGhI_-.m4s
`);
  expect(playlist.text(true)).toBe(`${playlist.text(false)}#EXT-X-ENDLIST\n`);
});

test('a master playlist adds the microphone to every rung', () => {
  const audio = { uri: '../mic/a/index.m3u8', peakBandwidth: 40_000.2, averageBandwidth: 32_000 };
  const rung = { uri: 'l0/index.m3u8', codec: 'avc1.42e01f', width: 320, height: 180 };
  const text = videoMaster([{ ...rung, peakBandwidth: 200_000, averageBandwidth: 150_000 }], audio);
  expect(text).toContain(
    '#EXT-X-STREAM-INF:BANDWIDTH=240001,AVERAGE-BANDWIDTH=182000,CODECS="avc1.42e01f,opus",RESOLUTION=320x180,AUDIO="mic"\nl0/index.m3u8\n',
  );
  expect(text).toContain('URI="../mic/a/index.m3u8"');
  expect(audioMaster({ ...audio, uri: 'a/index.m3u8' })).toMatch(/CODECS="opus"\na\/index\.m3u8\n$/);
});
