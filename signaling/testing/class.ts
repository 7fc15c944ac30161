import { AppError } from '#protocol/errors.ts';
import { holdOf } from '#protocol/hold.ts';
import type { ClassRequest } from '#protocol/lesson-socket.ts';
import { applyEvent, initialState, type LiveState } from '#protocol/live-state.ts';
import type { LessonRole } from '#protocol/permission.ts';
import type { EventBody, Participant } from '#protocol/timeline.ts';
import { decide } from '../src/class/decide.ts';
import type { Outside } from '../src/class/decider.ts';

export const id = (letter: string) => letter.repeat(22);
export const person = (letter: string, role: LessonRole, helps: string | null = null): Participant => ({
  participantId: id(letter),
  accountId: id(letter.toUpperCase()),
  kind: role === 'remote' ? 'classroom' : 'person',
  name: `${role} ${letter}`,
  organizationName: 'school',
  role,
  helpsParticipantId: helps && id(helps),
});
export const teacher = person('t', 'presenter');
export const administrator = person('o', 'administrator');
export const operator = person('d', 'operator');
export const shimen = person('s', 'remote');
export const hekou = person('h', 'remote');
export const assistant = person('a', 'assistant', 's');

/** A class in which requests are decided one after the other, as on the server. */
export class Class {
  state: LiveState = initialState(id('l'));
  constructor() {
    this.put({ type: 'lesson.started', byAccountId: null });
    for (const participant of [teacher, administrator, operator, shimen, hekou, assistant])
      this.put({ type: 'participant.joined', participant });
  }
  put(...bodies: readonly EventBody[]): void {
    for (const body of bodies)
      this.state = applyEvent(this.state, { seq: this.state.seq + 1, at: this.now, mediaMs: null, body });
  }
  /** What the word lists say; a test may change it. */
  words: Outside['words'] = () => null;
  now = 1_000;
  recordingPolicy: Outside['recordingPolicy'] = 'auto';
  ask(actor: Participant, request: ClassRequest): readonly EventBody[] {
    const bodies = decide(this.state, actor, request, {
      words: (text) => this.words(text),
      now: () => this.now,
      recordingPolicy: this.recordingPolicy,
    });
    this.put(...bodies);
    return bodies;
  }
  code(actor: Participant, request: ClassRequest): string | null {
    try {
      this.ask(actor, request);
      return null;
    } catch (error) {
      return AppError.from(error).code;
    }
  }
  heard(participant: Participant): boolean {
    const { participantId } = participant;
    const mic = { feedId: id('m'), participantId, role: 'mic', kind: 'audio', paused: false } as const;
    return holdOf(this.state, mic) === null;
  }
}
