import type { LiveState } from '#protocol/live-state.ts';
import { may } from '#protocol/permission.ts';
import type { Participant } from '#protocol/timeline.ts';

/** Whether somebody turns the pages: the teacher's side. */
export const maySteerBoard = (me: Participant | null): boolean => me !== null && may(me.role, 'board.turn');

/** The server's own rule, so that a tool is there exactly when it works. */
export function mayDrawNow({ steering, board }: LiveState, me: Participant | null): boolean {
  if (!me || !may(me.role, 'board.draw')) return false;
  if (maySteerBoard(me)) return true;
  const room = me.helpsParticipantId ?? me.participantId;
  return !steering.paused && (steering.switches.annotation || board.mayDraw.includes(room));
}
