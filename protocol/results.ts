import type { Answer, AnswerValue, AskedQuestion, Question, Results, RightAnswer } from './asking.ts';

type Bar = Results['bars'][number];

/** How many answers are counted in words before the rest is left out: a screen has no place for more. */
const MAX_SAID = 40;

/** What the answers of all rooms come to. `answers` may be those of one room alone. */
export function resultsOf({ question, right, closedAt }: AskedQuestion, answers: Iterable<Answer>): Results {
  const values = [...answers].map(({ value }) => value);
  const bars = barsOf(question, values);
  const answered = question.by === 'hands' ? sum(bars.map(({ count }) => count)) : values.length;
  return { answered, bars, right: closedAt === null ? null : right };
}

function barsOf(question: Question, values: readonly AnswerValue[]): Bar[] {
  switch (question.kind) {
    case 'choice':
      return question.options.map((_, index) => ({
        value: { kind: 'choice', picks: [index] },
        count: sum(values.map((value) => weight(value, index))),
      }));
    case 'trueFalse':
      return [true, false].map((said, index) => ({
        value: { kind: 'trueFalse', value: said },
        count: sum(
          values.map((value) =>
            value.kind === 'trueFalse' ? Number(value.value === said) : weight(value, index),
          ),
        ),
      }));
    case 'number':
    case 'shortText':
      return said(values);
    case 'photo':
      return values.slice(0, MAX_SAID).map((value) => ({ value, count: 1 }));
  }
}

function weight(value: AnswerValue, index: number): number {
  if (value.kind === 'hands') return value.counts[index] ?? 0;
  return value.kind === 'choice' ? Number(value.picks.includes(index)) : 0;
}

/** Answers in words or figures: the same ones together, the most frequent first. */
function said(values: readonly AnswerValue[]): Bar[] {
  const bars = new Map<string, Bar>();
  for (const value of values) {
    const key = saidKey(value);
    bars.set(key, { value: bars.get(key)?.value ?? value, count: (bars.get(key)?.count ?? 0) + 1 });
  }
  return [...bars.values()].sort((a, b) => b.count - a.count).slice(0, MAX_SAID);
}

/** What makes two answers the same one: neither case nor width nor space. */
function saidKey(value: AnswerValue): string {
  if (value.kind === 'number') return String(value.value);
  return value.kind === 'shortText' ? folded(value.text) : JSON.stringify(value);
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

/** Whether an answer is the right one; null when there is none. */
export function isRight(value: AnswerValue, right: RightAnswer | null): boolean | null {
  if (!right || right.kind !== value.kind) return null;
  switch (right.kind) {
    case 'choice':
      return value.kind === 'choice' && String(value.picks) === String(right.picks);
    case 'trueFalse':
      return value.kind === 'trueFalse' && value.value === right.value;
    case 'number':
      return value.kind === 'number' && value.value === right.value;
    case 'shortText':
      return value.kind === 'shortText' && folded(value.text) === folded(right.text);
  }
}

/** Whether a bar of the results stands for the right answer, or for one of several. */
export function isRightBar({ value }: Bar, right: RightAnswer | null): boolean {
  if (right?.kind === 'choice' && value.kind === 'choice')
    return value.picks.every((pick) => right.picks.includes(pick));
  return isRight(value, right) === true;
}

/** Whether this is an answer to that question at all. */
export function fits(question: Question, value: AnswerValue): boolean {
  const count = question.kind === 'choice' ? question.options.length : 2;
  if (question.by === 'hands') return value.kind === 'hands' && value.counts.length === count;
  if (value.kind !== question.kind) return false;
  return value.kind !== 'choice' || fitsChoice(question, value.picks);
}

function fitsChoice(question: Question, picks: readonly number[]): boolean {
  if (question.kind !== 'choice') return false;
  return (question.several || picks.length === 1) && picks.every((pick) => pick < question.options.length);
}

/** Whether this can be the right answer to that question. Of a choice several may be right although one is picked. */
export function fitsAsRight(question: Question, right: RightAnswer): boolean {
  if (right.kind !== question.kind) return false;
  return (
    right.kind !== 'choice' ||
    (question.kind === 'choice' && right.picks.every((pick) => pick < question.options.length))
  );
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
