import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { ClassRequest, ClassRequestType } from '#protocol/lesson-socket.ts';
import type { LiveState } from '#protocol/live-state.ts';
import { may } from '#protocol/permission.ts';
import type { RecordingPolicy } from '#protocol/policy.ts';
import type { SwitchName } from '#protocol/steering.ts';
import type { EventBody, Participant } from '#protocol/timeline.ts';

/** What a decision needs beside the lesson's own state. */
export interface Outside {
  /** What the strictest sensitive word in a text asks for, by the lists that hold for this lesson. */
  words(text: string): 'block' | 'hold' | null;
  /** Wall ms. */
  now(): number;
  /** When this lesson is recorded, unless the lesson's own state says otherwise. */
  readonly recordingPolicy: RecordingPolicy;
}

/**
 * What a request makes of the newest state: the events to append, none when it is true already.
 * Pure but for ids and chance. @throws AppError with the code that its sender is told.
 */
export type Decider<T extends ClassRequestType> = (
  state: LiveState,
  actor: Participant,
  request: Extract<ClassRequest, { type: T }>,
  outside: Outside,
) => readonly EventBody[];

export type Deciders<R extends { type: ClassRequestType }> = { [T in R['type']]: Decider<T> };

/** Whether somebody is on the teacher's side: pauses and switches are not for them. */
export const steers = ({ role }: Participant): boolean => may(role, 'class.steer');

/** The room somebody acts for: an assistant acts for the room that they help. */
export const roomOf = ({ participantId, helpsParticipantId }: Participant): Id =>
  helpsParticipantId ?? participantId;

/** @throws AppError CLASS_PAUSED or SWITCHED_OFF when the teacher's side does not let the rooms do this now. */
export function mustBeOpen({ steering }: LiveState, actor: Participant, what: SwitchName | null): void {
  if (steers(actor)) return;
  if (steering.paused) throw new AppError('CLASS_PAUSED', 'the teacher has stopped the class');
  if (what && !steering.switches[what]) throw new AppError('SWITCHED_OFF', `${what} is switched off`);
}
