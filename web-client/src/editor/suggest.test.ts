import { expect, test } from '@jest/globals';
import type { Chapter } from '#protocol/chapters.ts';
import { cutOut } from '#protocol/edit-clips.ts';
import type { EditSource } from '#protocol/edit-rest.ts';
import { wholeOf } from '#protocol/programme.ts';
import type { EventBody, TimelineEvent } from '#protocol/timeline.ts';
import { aroundHighlight, chapterParts, clipsOf, suggestedTrim } from './suggest.ts';

const id = 'a'.repeat(22);
const source = (durationMs: number, ...tracks: ['video' | 'audio', number, number][]) =>
  ({
    durationMs,
    replay: {
      tracks: tracks.map(([kind, fromMs, toMs]) => ({
        kind,
        role: kind === 'audio' ? 'mic' : 'teacher',
        spans: [{ fromMs, toMs }],
      })),
    },
  }) as unknown as EditSource;
const event = (mediaMs: number | null, body: EventBody): TimelineEvent => ({ seq: 1, at: 0, mediaMs, body });

test('the lesson lasts from the first word to the bell', () => {
  const ended = event(2_400_000, { type: 'lesson.ended', reason: 'ended', byAccountId: null });
  const recorded = source(2_430_000, ['audio', 95_000, 2_425_000], ['video', 90_000, 2_430_000]);
  expect(suggestedTrim(recorded, [ended])).toEqual({ fromMs: 89_500, toMs: 2_400_000 });
  expect(suggestedTrim(recorded, [])).toEqual({ fromMs: 89_500, toMs: 2_430_000 });
  expect(suggestedTrim(source(60_000, ['video', 300, 60_000]), [])).toBeNull();
  expect(suggestedTrim(source(60_000), [])).toBeNull();
});

test('a highlight stands near the end of its stretch, within the recording', () => {
  expect(aroundHighlight(300_000, 600_000)).toEqual({ fromMs: 240_000, toMs: 330_000 });
  expect(aroundHighlight(10_000, 20_000)).toEqual({ fromMs: 0, toMs: 20_000 });
});

test('chapters become parts as far as they are shown', () => {
  const chapters = [0, 20_000, 40_000].map(
    (fromMs, seq): Chapter => ({
      seq,
      fromMs,
      kind: 'page',
      name: '',
      number: seq + 1,
    }),
  );
  const programme = cutOut(wholeOf(id, id, 60_000), id, 15_000, 42_000);
  const parts = chapterParts(programme, id, chapters, 60_000, ({ number }) => `page ${number}`);
  expect(parts.map(({ title, fromMs, toMs }) => [title, fromMs, toMs])).toEqual([
    ['page 1', 0, 15_000],
    ['page 3', 42_000, 60_000],
  ]);
});

test('a micro-video may be made of what the programme cut out', () => {
  const programme = cutOut(wholeOf(id, id, 60_000), id, 15_000, 42_000);
  const stretch = { recordingId: id, fromMs: 20_000, toMs: 30_000 };
  expect(clipsOf(programme, stretch, id)).toEqual([{ ...stretch, lessonId: id, title: null }]);
  expect(clipsOf(programme, { ...stretch, fromMs: 10_000 }, id)).toHaveLength(1);
  expect(clipsOf(programme, { ...stretch, fromMs: 10_000 }, id)[0]!.toMs).toBe(15_000);
});
