import type { LiveState } from './live-state.ts';
import type { Feed } from './timeline.ts';

/** Why a feed is not passed on although its sender sends it: the class stands still, it is not this room's turn, or the teacher has switched it off. */
export type Hold = 'paused' | 'stage' | 'switch';

/**
 * What the teacher's side has decided about a feed. The server carries it out on the sfu and the pages show it,
 * both from here.
 */
export function holdOf(
  { steering, participants }: LiveState,
  { role, kind, participantId }: Feed,
): Hold | null {
  if (steering.paused) return 'paused';
  const sender = participants.get(participantId);
  if (!sender || sender.role === 'presenter') return null;
  const { stage, switches } = steering;
  if (kind === 'audio') {
    if (!switches.audio) return 'switch';
    const heard =
      stage.kind === 'discuss' || (stage.kind === 'room' && stage.participantId === participantId);
    return heard ? null : 'stage';
  }
  return switches[role === 'screen' ? 'screen' : 'video'] ? null : 'switch';
}
