import { expect, test } from '@jest/globals';
import { newId } from '#platform/ids.ts';
import type { RecordedFeed } from '#platform/recording-index.ts';
import type { FeedRole, MediaKind } from '#protocol/domain.ts';
import type { Layout, Shot } from '#protocol/programme.ts';
import { type ComposedPart, partsOf, placesOn, WIDTH } from './composed.ts';
import { type PlannedRecording, planExport } from './plan.ts';

const [recordingId, lessonId, teacherId, roomId] = [newId(), newId(), newId(), newId()];
const feed = (participantId: string, role: FeedRole): RecordedFeed => {
  const kind: MediaKind = role === 'mic' ? 'audio' : 'video';
  return { track: { trackId: newId(), participantId, role, kind }, rungs: [] };
};
const [face, mic, pupils, roomMic] = [
  feed(teacherId, 'teacher'),
  feed(teacherId, 'mic'),
  feed(roomId, 'pupils'),
  feed(roomId, 'mic'),
];
const id = ({ track }: RecordedFeed) => track.trackId;
const shot = (atMs: number, layout: Layout, feeds: RecordedFeed[], board = false): Shot => ({
  ...{ recordingId, atMs, layout, board },
  feedIds: feeds.map(id),
});
const recording = (...shots: Shot[]): PlannedRecording => ({
  contents: { feeds: new Map([face, mic, pupils, roomMic].map((one) => [id(one), one])) },
  shots,
});
const clip = (fromMs: number, toMs: number) => ({ recordingId, lessonId, fromMs, toMs, title: null });
const plan = (
  known: PlannedRecording,
  clips = [clip(0, 10_000)],
  hidden: RecordedFeed[] = [],
  what: Parameters<typeof planExport>[0] = 'programme',
) => planExport(what, { clips, hiddenTrackIds: hidden.map(id) }, new Map([[recordingId, known]]));

test('a clip is cut at its shots; pictures that go on are one piece', () => {
  const { pieces, sounds } = plan(
    recording(shot(0, 'single', [face]), shot(3_000, 'side', [face, pupils]), shot(5_000, 'single', [face])),
    [clip(1_000, 4_000), clip(5_500, 6_000), clip(6_000, 7_000)],
  );
  expect(pieces.map(({ fromMs, toMs, layout, trackIds }) => [fromMs, toMs, layout, trackIds.length])).toEqual(
    [
      [1_000, 3_000, 'single', 1],
      [3_000, 4_000, 'side', 2],
      [5_500, 7_000, 'single', 1],
    ],
  );
  expect(sounds.map(({ trackIds }) => trackIds)).toEqual(Array(3).fill([id(mic), id(roomMic)]));
});

test('hidden feeds are neither seen nor heard; who is left takes the whole picture', () => {
  const { pieces, sounds } = plan(recording(shot(0, 'side', [face, pupils])), undefined, [pupils, roomMic]);
  expect(pieces).toMatchObject([{ layout: 'single', trackIds: [id(face)] }]);
  expect(sounds[0]!.trackIds).toEqual([id(mic)]);
});

test('one feed comes with its own microphone', () => {
  const { pieces, sounds } = plan(recording(), undefined, [], { trackId: id(pupils) });
  expect(pieces).toMatchObject([{ fromMs: 0, toMs: 10_000, trackIds: [id(pupils)] }]);
  expect(sounds[0]!.trackIds).toEqual([id(roomMic)]);
  const heard = plan(recording(), undefined, [], { trackId: id(roomMic) });
  expect(heard).toMatchObject({ pieces: [], sounds: [{ trackIds: [id(roomMic)] }] });
});

test('nothing at all is said and not made', () => {
  const none = expect.objectContaining({ code: 'EXPORT_EMPTY' });
  expect(() => plan(recording(), undefined, [face, mic, pupils, roomMic])).toThrow(none);
  expect(() => plan(recording(), undefined, [], { trackId: newId() })).toThrow(none);
});

test('parts split at changes of format and at a minute; frames of all of them come to the whole', () => {
  const piece = {
    recordingId,
    fromMs: 1_010,
    toMs: 131_030,
    layout: 'single' as const,
    trackIds: [id(face)],
  };
  const small = { codec: 'avc1.42e01f', width: 320, height: 180 };
  const parts = partsOf([piece, { ...piece, fromMs: 0, toMs: 990 }], ({ fromMs, toMs }) =>
    fromMs === 0
      ? [{ fromMs, toMs, format: small }]
      : [
          { fromMs, toMs: 5_000, format: null },
          { fromMs: 5_000, toMs, format: small },
        ],
  );
  expect(parts.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
    [1_010, 5_000],
    [5_000, 61_010],
    [61_010, 121_010],
    [121_010, 131_030],
    [0, 990],
  ]);
  expect(parts.map(({ formats }) => formats[0] === null)).toEqual([true, false, false, false, false]);
  const frames = parts.reduce((sum: number, part: ComposedPart) => sum + part.frames, 0);
  expect(frames).toBe(Math.round((130_020 + 990) / 40));
});

test.each<[Layout, number, number]>([
  ['single', 1, 1],
  ['pip', 2, 2],
  ['side', 2, 2],
  ['grid', 3, 3],
  ['grid', 6, 6],
])('%s of %i pictures: each has a place on the frame', (layout, count, places) => {
  const all = placesOn(layout, count);
  expect(all).toHaveLength(places);
  for (const { x, y, width, height } of all) {
    expect(x + width).toBeLessThanOrEqual(WIDTH);
    expect([x, y, width, height].every((value) => value >= 0 && value % 2 === 0)).toBe(true);
  }
});
