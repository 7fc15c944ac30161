import { type AskingState, applyAsking, NO_ASKING } from '#protocol/asking.ts';
import { type Chapter, chaptersOf } from '#protocol/chapters.ts';
import { applyChat, type ChatState, NO_CHAT } from '#protocol/chat.ts';
import type { Id } from '#protocol/ids.ts';
import type { Shot } from '#protocol/programme.ts';
import { shotsOf } from '#protocol/shots.ts';
import { applySteering, NO_STEERING, type SteeringState } from '#protocol/steering.ts';
import type { TimelineEvent } from '#protocol/timeline.ts';
import { type CourseItem, courseOf } from '../course.ts';
import { BoardHistory } from './board-history.ts';
import { History } from './history.ts';

const topic =
  (pattern: RegExp) =>
  ({ body }: TimelineEvent): boolean =>
    pattern.test(body.type);

/** Of what is drawn and written there is a lot, and no cut comes of it. */
const mayCut = ({ body }: TimelineEvent): boolean =>
  !/^(board\.(drawn|erased|cleared|undone|redone)|message|quality|answer)/.test(body.type);

/** A lesson's course as its reader may see it, for every moment of it; grows while the lesson runs. */
export class LessonHistory {
  readonly board = new BoardHistory();
  readonly #chat = new History<ChatState>(
    NO_CHAT,
    applyChat,
    topic(/^message\.(sent|removed|answered)$|^chat\.ruled$/),
  );
  readonly #asking = new History<AskingState>(
    NO_ASKING,
    applyAsking,
    topic(/^(question|answer|results)\.|^lesson\.ended$/),
  );
  readonly #steering = new History<SteeringState>(
    NO_STEERING,
    applySteering,
    topic(/^(stage|class|call|roll|timer|hand|feed)\.|^participant\.left$|^lesson\.ended$/),
  );
  /** Messages that were recalled at any time: a replay does not tell them again. */
  readonly #recalled = new Set<Id>();
  readonly #names = new Map<Id, string>();
  chapters: readonly Chapter[] = [];
  shots: readonly Shot[] = [];
  course: readonly CourseItem[] = [];

  readonly #of: { readonly lessonId: Id; readonly recordingId: Id };

  constructor(of: { lessonId: Id; recordingId: Id }) {
    this.#of = of;
  }

  extend(events: readonly TimelineEvent[]): void {
    for (const part of [this.board, this.#chat, this.#asking, this.#steering]) part.extend(events);
    for (const { body } of events) {
      if (body.type === 'message.removed' || body.type === 'message.rejected')
        this.#recalled.add(body.messageId);
      if (body.type === 'participant.joined')
        this.#names.set(body.participant.participantId, body.participant.name);
    }
    this.chapters = chaptersOf(events);
    this.course = courseOf(events);
    this.shots = shotsOf(events.filter(mayCut), this.#of.lessonId, this.#of.recordingId);
  }

  /** Times in it are lesson time, ms; who wrote what nobody may read any more is told, what is not. */
  chatAt(timeMs: number): ChatState {
    const chat = this.#chat.at(timeMs);
    const messages = chat.messages.map((message) =>
      message.text === '' || this.#recalled.has(message.messageId) ? { ...message, text: null } : message,
    );
    return { ...chat, messages };
  }

  askingAt(timeMs: number): AskingState {
    return this.#asking.at(timeMs);
  }

  steeringAt(timeMs: number): SteeringState {
    return this.#steering.at(timeMs);
  }

  /** What a participant was called; empty for whom the reader is not told of. */
  nameOf(participantId: Id): string {
    return this.#names.get(participantId) ?? '';
  }

  get chatUsed(): boolean {
    return this.#chat.events.some(({ event: { body } }) => body.type === 'message.sent');
  }

  get asked(): boolean {
    return this.#asking.events.some(({ event: { body } }) => body.type === 'question.posed');
  }
}
