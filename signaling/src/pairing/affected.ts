import type { Id } from '#protocol/ids.ts';
import type { PairingSlotDraft } from '#protocol/pairing.ts';

/** What of a pairing its sides have agreed to. */
export interface Agreed {
  termId: Id;
  courseIds: Id[];
  slots: Omit<PairingSlotDraft, 'slotId'>[];
  remotes: { classGroupId: Id; organizationId: Id; classroomId: Id; assistantId: Id | null }[];
}

/**
 * Which remote organizations have to agree anew to a change, `all` or those that it touches. When, what and in which
 * term concerns everybody. A side's own class, room and assistant concern that side alone. Who teaches, from which
 * room, whether lessons open by themselves and the note are the master's own affair; so is leaving a partner out.
 */
export function affectedSides(before: Agreed, after: Agreed): Set<Id> {
  const now = after.remotes.map(({ organizationId }) => organizationId);
  if (wholeOf(before) !== wholeOf(after)) return new Set(now);
  const kept = new Set(before.remotes.map(remoteOf));
  return new Set(
    after.remotes.filter((remote) => !kept.has(remoteOf(remote))).map(({ organizationId }) => organizationId),
  );
}

const wholeOf = ({ termId, courseIds, slots }: Agreed): string =>
  JSON.stringify([
    termId,
    courseIds.toSorted(),
    slots.map(({ courseId, weekday, period, weeks }) => [weekday, period, weeks, courseId].join()).sort(),
  ]);

const remoteOf = ({ classGroupId, classroomId, assistantId }: Agreed['remotes'][number]): string =>
  [classGroupId, classroomId, assistantId].join();
