import { newId } from '#platform/ids.ts';
import { type DirectingRequest, fitsLayout, type TakenShot } from '#protocol/directing.ts';
import { AppError } from '#protocol/errors.ts';
import type { Deciders } from './decider.ts';

/** A lesson has some dozen moments worth finding again; more than these are no help to anybody. */
const MAX_HIGHLIGHTS = 300;

export const directingDeciders: Deciders<DirectingRequest> = {
  'shot.take'({ directing, feeds }, { participantId }, { type: _type, seen, ...shot }) {
    const { layout, feedIds } = shot;
    if (!fitsLayout(shot)) throw new AppError('BAD_REQUEST', `${layout} takes other feeds`);
    if (feedIds.some((feedId) => feeds.get(feedId)?.kind !== 'video'))
      throw new AppError('NOT_FOUND', 'one of these pictures is not there');
    if (sameShot(directing.shot, shot)) return [];
    // One's own earlier cut is not in one's way: who cuts quickly does not wait for the answer.
    if (directing.shotSeq > seen && directing.shotBy !== participantId)
      throw new AppError('OVERTAKEN', 'somebody else has just cut');
    return [{ type: 'shot.taken', ...shot, byParticipantId: participantId }];
  },

  'shot.release'({ directing }, { participantId }) {
    return directing.shot ? [{ type: 'shot.released', byParticipantId: participantId }] : [];
  },

  'highlight.mark'({ recording, directing }, { participantId }, { note }, { now }) {
    if (!recording) throw new AppError('WRONG_STATE', 'nothing is recorded yet');
    if (directing.highlights.length >= MAX_HIGHLIGHTS)
      throw new AppError('TOO_MANY_REQUESTS', 'too many highlights');
    const atMs = Math.max(0, now() - recording.epochMs);
    return [{ type: 'highlight.marked', highlightId: newId(), note, atMs, byParticipantId: participantId }];
  },

  'highlight.note'({ directing }, _actor, { highlightId, note }) {
    const known = directing.highlights.find((highlight) => highlight.highlightId === highlightId);
    if (!known) throw new AppError('NOT_FOUND', 'no such highlight');
    return known.note === note ? [] : [{ type: 'highlight.noted', highlightId, note }];
  },

  'highlight.remove'({ directing }, { participantId }, { highlightId }) {
    return directing.highlights.some((known) => known.highlightId === highlightId)
      ? [{ type: 'highlight.removed', highlightId, byParticipantId: participantId }]
      : [];
  },

  'recording.run'({ recording, directing, state }, { participantId }, _request, { recordingPolicy }) {
    if (recording)
      return directing.heldAt === null ? [] : [{ type: 'recording.resumed', byParticipantId: participantId }];
    const policy = directing.policy ?? recordingPolicy;
    if (policy === 'off') throw new AppError('RECORDING_OFF', 'this lesson is not recorded');
    const byItself = policy === 'auto' && state === 'open';
    return directing.asked || byItself ? [] : [{ type: 'recording.asked', byParticipantId: participantId }];
  },

  'recording.hold'({ recording, directing }, { participantId }) {
    if (!recording) throw new AppError('WRONG_STATE', 'nothing is recorded');
    return directing.heldAt === null ? [{ type: 'recording.held', byParticipantId: participantId }] : [];
  },
};

const sameShot = (a: TakenShot | null, b: TakenShot): boolean =>
  a?.layout === b.layout && a.board === b.board && a.feedIds.join() === b.feedIds.join();
