import { isDeepStrictEqual } from 'node:util';
import { newId } from '#platform/ids.ts';
import {
  type AskedQuestion,
  type AskingRequest,
  type AskingState,
  answerKey,
  MAX_ANSWERS_OF_A_ROOM,
  type Question,
  type RightAnswer,
} from '#protocol/asking.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { LiveState } from '#protocol/live-state.ts';
import { fits, fitsAsRight, resultsOf } from '#protocol/results.ts';
import type { EventBody, Participant } from '#protocol/timeline.ts';
import { type Deciders, mustBeOpen, roomOf } from './decider.ts';

export const askingDeciders: Deciders<AskingRequest> = {
  'question.pose'({ asking }, { participantId }, { question, right }) {
    mustFit(question, right);
    const questionId = newId();
    return [
      ...asking.questions.filter(({ closedAt }) => closedAt === null).flatMap(closing),
      { type: 'question.posed', questionId, question, byParticipantId: participantId },
      ...(right ? [{ type: 'question.keyed', questionId, right } as const] : []),
    ];
  },

  'question.close'({ asking }, _actor, { questionId }) {
    const asked = find(asking, questionId);
    return asked.closedAt === null ? closing(asked) : [];
  },

  'question.key'({ asking }, _actor, { questionId, right }) {
    const asked = find(asking, questionId);
    mustFit(asked.question, right);
    if (isDeepStrictEqual(asked.right, right)) return [];
    return [
      { type: 'question.keyed', questionId, right },
      ...(asked.shown && asked.closedAt !== null ? [showing({ ...asked, right })] : []),
    ];
  },

  'answer.give'(state, actor, { questionId, child, value }, { words }) {
    mustBeOpen(state, actor, null);
    // What a room writes may be shown to all of them.
    const written = [child ?? '', value.kind === 'shortText' ? value.text : ''].join('\n');
    if (words(written) === 'block') throw new AppError('SENSITIVE_WORD', 'a word in it may not be said here');
    const asked = find(state.asking, questionId);
    const { question, answers, closedAt } = asked;
    if (closedAt !== null) throw new AppError('WRONG_STATE', 'the question is closed');
    if (!fits(question, value)) throw new AppError('BAD_REQUEST', 'no answer to this question');
    if ((question.by === 'child') !== (child !== null))
      throw new AppError('BAD_REQUEST', `answered by ${question.by}`);
    const participantId = roomOf(actor);
    if (value.kind === 'photo') mustBeOwn(state, actor, value.documentId);
    const before = answers.get(answerKey(participantId, child));
    if (before && isDeepStrictEqual(before.value, value)) return [];
    if (!before && countOf(asked, participantId) >= MAX_ANSWERS_OF_A_ROOM)
      throw new AppError('TOO_MANY_REQUESTS', 'this room has answered often enough');
    const given = { type: 'answer.given', questionId, participantId, child, value } as const;
    if (!asked.shown) return [given];
    // What is on the screens keeps up with what is counted.
    const answer = { participantId, child, value, at: 0 };
    const all = new Map(answers).set(answerKey(participantId, child), answer);
    return [given, showing({ ...asked, answers: all })];
  },

  'results.show'({ asking }, _actor, { questionId }) {
    const asked = find(asking, questionId);
    const results = resultsOf(asked, asked.answers.values());
    return isDeepStrictEqual(asked.shown, results) ? [] : [{ type: 'results.shown', questionId, results }];
  },

  'results.hide': ({ asking }, _actor, { questionId }) =>
    find(asking, questionId).shown ? [{ type: 'results.hidden', questionId }] : [],
};

/** With the question closed its right answer is shown too, where the results are. */
function closing(asked: AskedQuestion): EventBody[] {
  return [
    { type: 'question.closed', questionId: asked.questionId },
    ...(asked.shown ? [showing({ ...asked, closedAt: 0 })] : []),
  ];
}

function showing(asked: AskedQuestion): EventBody {
  const results = resultsOf(asked, asked.answers.values());
  return { type: 'results.shown', questionId: asked.questionId, results };
}

/** The photo is one that this room, or its assistant, has brought into the lesson. */
function mustBeOwn({ board }: LiveState, actor: Participant, documentId: Id): void {
  const photo = board.documents.find((document) => document.documentId === documentId);
  if (!photo || ![actor.participantId, roomOf(actor)].includes(photo.participantId))
    throw new AppError('NOT_FOUND', 'no such photo of this room');
}

function mustFit(question: Question, right: RightAnswer | null): void {
  if (right && !fitsAsRight(question, right))
    throw new AppError('BAD_REQUEST', 'the right answer is none to this question');
}

function countOf({ answers }: AskedQuestion, participantId: Id): number {
  return [...answers.values()].filter((answer) => answer.participantId === participantId).length;
}

function find({ questions }: AskingState, questionId: Id): AskedQuestion {
  const asked = questions.find((known) => known.questionId === questionId);
  if (!asked) throw new AppError('NOT_FOUND', 'no such question');
  return asked;
}
