import type { Id } from '#protocol/ids.ts';
import type { Participant } from '#protocol/timeline.ts';

/** The room somebody acts for: an assistant acts for the room that they help. */
export const roomOf = ({ participantId, helpsParticipantId }: Participant): Id =>
  helpsParticipantId ?? participantId;
