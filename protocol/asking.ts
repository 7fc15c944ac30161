import { z } from 'zod';
import { Id } from './ids.ts';
import type { Action } from './permission.ts';
import { ChildName } from './steering.ts';
import { sharedText } from './text.ts';
import type { TimelineEvent } from './timeline.ts';

/* Quick questions (课堂提问): posed to all rooms, answered by them, counted for the teacher, shown when she says so. */

export const MIN_OPTIONS = 2;
export const MAX_OPTIONS = 6;
/** A class; more are no children of one room. */
export const MAX_ANSWERS_OF_A_ROOM = 200;

const Text = sharedText({ min: 0, max: 300, lines: 6 });
/** May be empty: then only its letter is shown. */
const Option = sharedText({ min: 0, max: 80 });
const Options = z.array(Option).min(MIN_OPTIONS).max(MAX_OPTIONS);

/** Who answers: the room as one, each child on the room's tablet, or hands that the assistant counts. */
export const AnsweredBy = z.enum(['room', 'child', 'hands']);
export type AnsweredBy = z.infer<typeof AnsweredBy>;
const Each = z.enum(['room', 'child']);

export const Question = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('choice'),
    text: Text,
    options: Options,
    /** Several options may be chosen. */
    several: z.boolean(),
    by: AnsweredBy,
  }),
  z.object({ kind: z.literal('trueFalse'), text: Text, by: AnsweredBy }),
  z.object({ kind: z.literal('number'), text: Text, by: Each }),
  z.object({ kind: z.literal('shortText'), text: Text, by: Each }),
  z.object({ kind: z.literal('photo'), text: Text, by: Each }),
]);
export type Question = z.infer<typeof Question>;

/** Options by their place, in order and each once. */
const Picks = z
  .array(z.number().int().nonnegative().lt(MAX_OPTIONS))
  .min(1)
  .max(MAX_OPTIONS)
  .transform((picks) => [...new Set(picks)].sort((a, b) => a - b));

const Choice = z.object({ kind: z.literal('choice'), picks: Picks });
const TrueFalse = z.object({ kind: z.literal('trueFalse'), value: z.boolean() });
const NumberValue = z.object({ kind: z.literal('number'), value: z.number().min(-1e12).max(1e12) });
const ShortText = z.object({ kind: z.literal('shortText'), text: sharedText({ max: 120, lines: 3 }) });
const Photo = z.object({ kind: z.literal('photo'), documentId: Id });
/** Children who raised their hand for each option; for true/false: right first. */
const Hands = z.object({
  kind: z.literal('hands'),
  counts: z.array(z.number().int().min(0).max(MAX_ANSWERS_OF_A_ROOM)).min(MIN_OPTIONS).max(MAX_OPTIONS),
});

export const AnswerValue = z.discriminatedUnion('kind', [
  Choice,
  TrueFalse,
  NumberValue,
  ShortText,
  Photo,
  Hands,
]);
export type AnswerValue = z.infer<typeof AnswerValue>;

/** The right answer; a photo has none. */
export const RightAnswer = z.discriminatedUnion('kind', [Choice, TrueFalse, NumberValue, ShortText]);
export type RightAnswer = z.infer<typeof RightAnswer>;

const MAX_BARS = 60;
/** What all rooms together answered: one bar for each option, or for each answer that was given. */
export const Results = z.object({
  /** Rooms, children or hands. */
  answered: z.number().int().nonnegative(),
  bars: z.array(z.object({ value: AnswerValue, count: z.number().int().nonnegative() })).max(MAX_BARS),
  /** Null while the question is open, or when it has none. */
  right: RightAnswer.nullable(),
});
export type Results = z.infer<typeof Results>;

export const AskingEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('question.posed'), questionId: Id, question: Question, byParticipantId: Id }),
  /** Its right answer, for the teacher's side alone: the rooms hear it with the results. */
  z.object({ type: z.literal('question.keyed'), questionId: Id, right: RightAnswer.nullable() }),
  z.object({
    type: z.literal('answer.given'),
    questionId: Id,
    /** The room that answers, whoever pressed the button there. */
    participantId: Id,
    child: ChildName.nullable(),
    value: AnswerValue,
  }),
  z.object({ type: z.literal('question.closed'), questionId: Id }),
  z.object({ type: z.literal('results.shown'), questionId: Id, results: Results }),
  z.object({ type: z.literal('results.hidden'), questionId: Id }),
]);
export type AskingEvent = z.infer<typeof AskingEvent>;

export const AskingRequest = z.discriminatedUnion('type', [
  /** Closes the question before it: the next one comes without a gap. */
  z.object({ type: z.literal('question.pose'), question: Question, right: RightAnswer.nullable() }),
  z.object({ type: z.literal('question.close'), questionId: Id }),
  /** Says afterwards which answer is right. */
  z.object({ type: z.literal('question.key'), questionId: Id, right: RightAnswer.nullable() }),
  /** Given again it replaces the answer before it, until the question is closed. */
  z.object({
    type: z.literal('answer.give'),
    questionId: Id,
    child: ChildName.nullable(),
    value: AnswerValue,
  }),
  z.object({ type: z.literal('results.show'), questionId: Id }),
  z.object({ type: z.literal('results.hide'), questionId: Id }),
]);
export type AskingRequest = z.infer<typeof AskingRequest>;

export const ASKING_NEEDS: Record<AskingRequest['type'], Action> = {
  'question.pose': 'class.ask',
  'question.close': 'class.ask',
  'question.key': 'class.ask',
  'answer.give': 'class.answer',
  'results.show': 'class.ask',
  'results.hide': 'class.ask',
};

export interface Answer {
  readonly participantId: Id;
  readonly child: string | null;
  readonly value: AnswerValue;
  readonly at: number;
}

export interface AskedQuestion {
  readonly questionId: Id;
  readonly question: Question;
  /** Known to the teacher's side; to the rooms only through {@link Results}. */
  readonly right: RightAnswer | null;
  readonly posedAt: number;
  readonly closedAt: number | null;
  /** By {@link answerKey}. A room has only its own. */
  readonly answers: ReadonlyMap<string, Answer>;
  /** What all may see now; null while hidden. */
  readonly shown: Results | null;
}

export interface AskingState {
  /** In the order in which they were posed. */
  readonly questions: readonly AskedQuestion[];
}

export const NO_ASKING: AskingState = { questions: [] };

export const answerKey = (participantId: Id, child: string | null): string =>
  `${participantId}/${child ?? ''}`;

/** The question on the screens now: the last one, while it is open or its results are shown. */
export function currentQuestion({ questions }: AskingState): AskedQuestion | null {
  const last = questions.at(-1);
  return last && (last.closedAt === null || last.shown) ? last : null;
}

/** What one event makes of the questions; events of other topics change nothing here. */
export function applyAsking(state: AskingState, { at, body }: TimelineEvent): AskingState {
  switch (body.type) {
    case 'question.posed': {
      const { questionId, question } = body;
      const posed = { questionId, question, right: null, posedAt: at, closedAt: null, shown: null };
      return { questions: [...state.questions, { ...posed, answers: new Map() }] };
    }
    case 'question.keyed':
      return changed(state, body.questionId, () => ({ right: body.right }));
    case 'answer.given': {
      const { questionId, participantId, child, value } = body;
      return changed(state, questionId, ({ answers }) => ({
        answers: new Map(answers).set(answerKey(participantId, child), { participantId, child, value, at }),
      }));
    }
    case 'question.closed':
      return changed(state, body.questionId, () => ({ closedAt: at }));
    case 'results.shown':
      return changed(state, body.questionId, () => ({ shown: body.results }));
    case 'results.hidden':
      return changed(state, body.questionId, () => ({ shown: null }));
    case 'lesson.ended':
      return {
        questions: state.questions.map((asked) =>
          asked.closedAt === null ? { ...asked, closedAt: at } : asked,
        ),
      };
    default:
      return state;
  }
}

function changed(
  state: AskingState,
  questionId: Id,
  change: (asked: AskedQuestion) => Partial<AskedQuestion>,
): AskingState {
  if (!state.questions.some((asked) => asked.questionId === questionId)) return state;
  return {
    questions: state.questions.map((asked) =>
      asked.questionId === questionId ? { ...asked, ...change(asked) } : asked,
    ),
  };
}
