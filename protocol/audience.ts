import type { Id } from './ids.ts';
import type { LessonRole } from './permission.ts';
import type { EventBody, Participant, TimelineEvent } from './timeline.ts';

/** Who reads a timeline: the teacher's side reads all, a room what is public and what is about itself. */
export interface Audience {
  readonly desk: boolean;
  /** The reader's own participant id, and that of the room it helps. */
  readonly own: readonly Id[];
}

export const DESK: Audience = { desk: true, own: [] };
/** What every page may read; used where one message goes to all of them. */
export const PUBLIC: Audience = { desk: false, own: [] };

const DESK_ROLES: readonly LessonRole[] = ['presenter', 'operator', 'administrator', 'observer'];

export const isDesk = (role: LessonRole): boolean => DESK_ROLES.includes(role);

export function audienceOf({ participantId, role, helpsParticipantId }: Participant): Audience {
  const own = helpsParticipantId ? [participantId, helpsParticipantId] : [participantId];
  return { desk: isDesk(role), own };
}

/**
 * Whose alone an event is, beside the teacher's side: participant ids, none for the teacher's side only, null for
 * everybody. Every topic with private events has its case here and nowhere else.
 */
export function privateTo(body: EventBody): readonly Id[] | null {
  switch (body.type) {
    case 'participant.joined':
      // Who observes a lesson (听课) is listed to the teacher and unseen by the pupils.
      return isUnseen(body.participant.role) ? [body.participant.participantId] : null;
    case 'document.added':
      // What a room sends is between it and the teacher until it is put on the board.
      return [body.document.participantId];
    case 'message.held':
      return [body.from.participantId];
    case 'note.sent':
      // The assistant's alone: the big screen of the room stands before the pupils.
      return [body.withParticipantId];
    case 'answer.given':
    case 'message.rejected':
    case 'chat.muted':
    // Everybody sees them leave; why is the teacher's and theirs.
    case 'participant.removed':
    case 'remark.made':
    case 'roll.taken':
      return [body.participantId];
    case 'question.keyed':
    case 'quality.sampled':
    case 'check.finished':
    case 'participant.readmitted':
    // For who makes something of the recording: not a verdict on a child that its class reads.
    case 'highlight.marked':
    case 'highlight.noted':
    case 'highlight.removed':
    case 'recording.spaceLow':
    case 'recording.spaceEnough':
      return [];
    default:
      return null;
  }
}

const UNSEEN: readonly LessonRole[] = ['observer', 'operator', 'administrator'];
const isUnseen = (role: LessonRole): boolean => UNSEEN.includes(role);

/**
 * Events as this audience reads them. `events` reach to the newest one, so that the text of a message that was
 * removed or rejected afterwards is not told again, to its author neither.
 */
export function allShown(events: readonly TimelineEvent[], audience: Audience): TimelineEvent[] {
  const gone = new Set(
    events.flatMap(({ body }) =>
      body.type === 'message.removed' || body.type === 'message.rejected' ? [body.messageId] : [],
    ),
  );
  return events.map((event) => {
    const { body } = event;
    const written = body.type === 'message.sent' || body.type === 'message.held';
    const told =
      written && !audience.desk && gone.has(body.messageId)
        ? { ...event, body: { ...body, text: '' } }
        : event;
    return shown(told, audience);
  });
}

/** The event as this audience reads it. */
export function shown(event: TimelineEvent, audience: Audience): TimelineEvent {
  if (audience.desk) return event;
  const owners = privateTo(event.body);
  if (owners === null || owners.some((id) => audience.own.includes(id))) return event;
  return { ...event, body: { type: 'withheld' } };
}
