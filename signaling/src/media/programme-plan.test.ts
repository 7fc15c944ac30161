import { expect, test } from '@jest/globals';
import { contentsOf, type RecordingContents } from '#platform/recording-index.ts';
import type { FeedRole } from '#protocol/domain.ts';
import { Programme, type Shot } from '#protocol/programme.ts';
import type { IndexRecord } from '#protocol/recording-index.ts';
import { editedRung } from './edited-playlists.ts';
import { planStream, type StreamSegment } from './programme-plan.ts';
import { streamPlaylist } from './stream-playlists.ts';

const id = (letter: string) => letter.repeat(22);
const [recordingId, face, pupils, mic] = [id('R'), id('F'), id('P'), id('M')];

/** Segments of `everyMs`, the first of them `firstMs` long; two layers of pictures. */
function feed(trackId: string, role: FeedRole, firstMs: number, lengthMs: number): IndexRecord[] {
  const kind = role === 'mic' ? 'audio' : 'video';
  const rungIds = kind === 'video' ? ['l0', 'l1'] : ['a'];
  const ticks = kind === 'video' ? 90 : 48;
  const records: IndexRecord[] = [
    {
      type: 'track',
      track: { trackId, participantId: id(role === 'pupils' ? 'p' : 't'), role, kind },
      rungIds,
    },
  ];
  const common = { trackId, bytes: 1_000, sha256: '', wallMs: 0, init: 0 };
  for (const rungId of rungIds) {
    const size = rungId === 'l1' ? { width: 640, height: 360 } : { width: 320, height: 180 };
    records.push({ type: 'init', ...common, rungId, codec: 'avc1.42e01f', ...size });
    let number = 0;
    for (let fromMs = 0; fromMs < lengthMs; number += 1) {
      const toMs = Math.min(lengthMs, number === 0 ? firstMs : fromMs + 2_000);
      const [start, duration] = [fromMs * ticks, (toMs - fromMs) * ticks];
      records.push({ type: 'segment', ...common, rungId, number, salt: 'x', start, duration, key: true });
      fromMs = toMs;
    }
  }
  return records;
}

const contents: RecordingContents = contentsOf([
  ...feed(face, 'teacher', 2_000, 60_000),
  ...feed(pupils, 'pupils', 1_500, 60_000),
  ...feed(mic, 'mic', 1_990, 60_000),
  { type: 'end', durationMs: 60_000 },
]);
const programme = (clips: [number, number][], hiddenTrackIds: string[] = []): Programme =>
  Programme.parse({
    clips: clips.map(([fromMs, toMs]) => ({ recordingId, lessonId: id('L'), fromMs, toMs })),
    hiddenTrackIds,
    shots: null,
  });
const plan = (what: Programme, shots: Shot[] = []) =>
  planStream(what, new Map([[recordingId, contents]]), shots);
const shot = (atMs: number, feedId: string): Shot => ({
  recordingId,
  atMs,
  layout: 'single',
  board: false,
  feedIds: [feedId],
});

/** Segments follow each other without a hole or an overlap; returns where they end, ms. */
function endOf(segments: readonly StreamSegment[]): number {
  let end = 0;
  for (const { start, from, until, timescale } of segments) {
    expect(Math.abs(start - end) / timescale).toBeLessThan(0.001);
    end = start + until - from;
  }
  return (end * 1_000) / segments[0]!.timescale;
}

test('all of a recording is all of its segments at their own times', () => {
  const { video, audio, durationMs } = plan(programme([[0, 60_000]]));
  expect(durationMs).toBe(60_000);
  expect(video.map(({ width }) => width)).toEqual([320, 640]);
  for (const { segments } of [...video, audio!]) expect(endOf(segments)).toBe(60_000);
  expect(video[0]!.segments.every(({ start, from }) => start === from)).toBe(true);
});

test('a clip begins at the first key frame after its start, picture and sound at the same moment', () => {
  const { video, audio, durationMs } = plan(
    programme([
      [3_300, 10_700],
      [31_000, 40_000],
    ]),
  );
  // 4.0 to 10.7 and 32.0 to 40.0
  expect(durationMs).toBe(6_700 + 8_000);
  for (const { segments } of [...video, audio!]) expect(endOf(segments)).toBeCloseTo(durationMs, 3);
  const second = audio!.segments.find(({ from }) => from >= 32_000 * 48)!;
  expect([second.from / 48, second.start / 48]).toEqual([32_000, 6_700]);
});

test('a cut to another feed is at its last key frame before, and the other one ends there', () => {
  const { video } = plan(programme([[0, 60_000]]), [shot(0, face), shot(20_000, pupils), shot(40_000, face)]);
  const { segments } = video[1]!;
  expect(endOf(segments)).toBe(60_000);
  const first = segments.findIndex(({ source }) => source.includes(pupils));
  expect(segments[first]!.start / 90).toBe(19_500);
  expect(segments[first - 1]!.until / 90).toBe(19_500);
  expect(streamPlaylist(segments, 'v1/').match(/EXT-X-MAP/g)).toHaveLength(3);
});

test('a hidden feed is neither seen nor heard', () => {
  const hidden = plan(programme([[0, 60_000]], [pupils, mic]), [shot(0, face), shot(20_000, pupils)]);
  expect(hidden.audio).toBeNull();
  expect(JSON.stringify(hidden)).not.toContain(pupils);
});

test('a recording of sound alone is a stream of sound', () => {
  const { video, audio } = plan(programme([[0, 60_000]], [face, pupils]));
  expect(video).toEqual([]);
  expect(audio!.segments.length).toBeGreaterThan(25);
});

test('an edited playlist keeps its time axis and does not name what was cut out', () => {
  const rung = contents.feeds.get(face)!.rungs[0]!;
  const text = editedRung(
    rung,
    [
      { fromMs: 0, toMs: 5_000 },
      { fromMs: 50_000, toMs: 60_000 },
    ],
    '/base/',
  );
  expect(text.match(/#EXTINF/g)).toHaveLength(30);
  expect(text.match(/#EXT-X-GAP/g)).toHaveLength(22);
  expect(text).toContain('/base/l0/000002-x.m4s');
  expect(text).not.toContain('000003-x');
});
