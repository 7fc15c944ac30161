import { expect, test } from '@jest/globals';
import { streamMaster } from './stream-playlists.ts';

const PLAN = {
  video: [{ width: 640, height: 360, codec: 'avc1.42e01f', bandwidth: 500_000, segments: [] }],
  audio: { codec: 'opus', bandwidth: 32_000, segments: [] },
} as never;

test('captions are a choice of the stream, and no name breaks its line', () => {
  const master = streamMaster(PLAN, [
    { language: 'zh-CN', label: '中文' },
    { language: 'en', label: 'a",URI="http://evil' },
  ]);
  expect(master).toContain(
    '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="c",NAME="中文",LANGUAGE="zh-CN",DEFAULT=NO,AUTOSELECT=YES,URI="c-zh-CN.m3u8"',
  );
  expect(master).toContain(`NAME="a',URI='http://evil",LANGUAGE="en"`);
  expect(master).toContain('AUDIO="a",SUBTITLES="c"\nv0.m3u8');
  expect(streamMaster(PLAN)).not.toContain('SUBTITLES');
});
