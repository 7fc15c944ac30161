import { expect, test } from '@jest/globals';
import { chapterAt, chaptersOf } from './chapters.ts';
import type { EventBody, TimelineEvent } from './timeline.ts';

const id = (letter: string) => letter.repeat(22);
const by = { byParticipantId: id('t') };
const blank = (letter: string) => ({ pageId: id(letter), aspect: 1.6, source: { kind: 'blank' as const } });
const slide = (letter: string, page: number) => ({
  pageId: id(letter),
  aspect: 1.6,
  source: { kind: 'pdf' as const, documentId: id('d'), file: 'a.pdf', page },
});
const log = (...entries: [number | null, EventBody][]): TimelineEvent[] =>
  entries.map(([mediaMs, body], index) => ({ seq: index + 1, at: 0, mediaMs, body }));
const shown = (isShown: boolean): EventBody => ({ type: 'board.shown', shown: isShown, ...by });
const turned = (letter: string): EventBody => ({ type: 'board.turned', pageId: id(letter), ...by });
const posed = (text: string): EventBody => ({
  type: 'question.posed',
  questionId: id('q'),
  question: { kind: 'trueFalse', text, by: 'room' },
  ...by,
});
const line = (events: TimelineEvent[]) =>
  chaptersOf(events).map(({ fromMs, kind, name, number }) => [fromMs, kind, name, number]);

test('a lesson without board and questions is one chapter, and so is one that nobody began', () => {
  expect(line(log([null, { type: 'lesson.started', byAccountId: null }]))).toEqual([[0, 'start', '', 1]]);
  expect(line([])).toEqual([[0, 'start', '', 1]]);
});

test('pages that the class sees and questions are chapters, named by their courseware and text', () => {
  const document = {
    documentId: id('d'),
    kind: 'pdf' as const,
    name: '分数.pdf',
    participantId: id('t'),
    from: '',
    state: 'ready' as const,
    failure: null,
    pages: [],
    scripted: false,
  };
  const events = log(
    [null, { type: 'document.added', document }],
    [null, { type: 'board.pagesAdded', pages: [slide('1', 1), slide('2', 2), blank('3')], index: 0 }],
    [null, turned('1')],
    [60_000, shown(true)],
    [70_000, { type: 'board.drawn', pageId: id('1'), participantId: id('t'), marks: [] }],
    [120_000, posed('几分之几？')],
    [150_000, turned('2')],
    [180_000, shown(false)],
    // Nobody saw this turn before the board was opened again.
    [190_000, turned('3')],
    [240_000, shown(true)],
    [300_000, { type: 'lesson.ended', reason: 'ended', byAccountId: null }],
  );
  expect(line(events)).toEqual([
    [0, 'start', '', 1],
    [60_000, 'slide', '分数.pdf', 1],
    [120_000, 'question', '几分之几？', 1],
    [150_000, 'slide', '分数.pdf', 2],
    [240_000, 'page', '', 3],
  ]);
  expect(chapterAt(chaptersOf(events), 130_000)).toBe(2);
});

test('pages that were leafed through are none, nor is the way back to the page before', () => {
  const pages: EventBody = { type: 'board.pagesAdded', pages: ['1', '2', '3'].map(blank), index: 0 };
  const begun = [
    [null, pages],
    [1_000, turned('1')],
    [2_000, shown(true)],
  ] as [number | null, EventBody][];
  expect(line(log(...begun, [30_000, turned('2')], [32_000, turned('3')]))).toEqual([
    [0, 'page', '', 1],
    [32_000, 'page', '', 3],
  ]);
  expect(line(log(...begun, [30_000, turned('2')], [33_000, turned('1')]))).toEqual([[0, 'page', '', 1]]);
});

test('a question right at the beginning keeps its time', () => {
  const pages: EventBody = { type: 'board.pagesAdded', pages: [blank('1')], index: 0 };
  const events = log([null, pages], [null, turned('1')], [1_000, shown(true)], [4_000, posed('?')]);
  expect(line(events)).toEqual([
    [0, 'start', '', 1],
    [4_000, 'question', '?', 1],
  ]);
});
