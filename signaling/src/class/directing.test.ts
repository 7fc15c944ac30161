import { describe, expect, test } from '@jest/globals';
import type { FeedRole } from '#protocol/domain.ts';
import type { ClassRequest } from '#protocol/lesson-socket.ts';
import type { Layout } from '#protocol/programme.ts';
import type { Participant } from '#protocol/timeline.ts';
import { administrator, Class, id, operator, shimen, teacher } from '../../testing/class.ts';

const face = id('1');
const board = id('2');
const rooms = id('3');
const voice = id('4');
const RECORDING = { recordingId: id('r'), epochMs: 500 };

/** A lesson that is recorded since wall ms 500, with three pictures and a voice. */
function studio(): Class {
  const room = new Class();
  const feed = (feedId: string, { participantId }: Participant, role: FeedRole) =>
    room.put({
      type: 'feed.added',
      feed: { feedId, participantId, role, kind: role === 'mic' ? 'audio' : 'video', paused: false },
    });
  feed(face, teacher, 'teacher');
  feed(board, teacher, 'board');
  feed(rooms, shimen, 'pupils');
  feed(voice, teacher, 'mic');
  room.put({ type: 'recording.started', ...RECORDING });
  return room;
}

const shot = (seen: number, layout: Layout, ...feedIds: string[]): ClassRequest => ({
  type: 'shot.take',
  layout,
  board: false,
  feedIds,
  seen,
});

describe('the cut', () => {
  test('shows what the director takes, and changes nothing of what the rooms see', () => {
    const room = studio();
    const before = room.state.steering;
    room.ask(operator, shot(0, 'pip', board, face));
    expect(room.state.directing.shot).toEqual({ layout: 'pip', board: false, feedIds: [board, face] });
    expect(room.state.steering).toBe(before);
    room.ask(operator, { type: 'shot.release' });
    expect(room.state.directing.shot).toBeNull();
    expect(room.ask(operator, { type: 'shot.release' })).toEqual([]);
  });

  test('takes only pictures that are there, each once, and as many as the layout has places', () => {
    const room = studio();
    expect(room.code(operator, shot(0, 'single', id('9')))).toBe('NOT_FOUND');
    expect(room.code(operator, shot(0, 'single', voice))).toBe('NOT_FOUND');
    expect(room.code(operator, shot(0, 'single', face, board))).toBe('BAD_REQUEST');
    expect(room.code(operator, shot(0, 'side', face))).toBe('BAD_REQUEST');
    expect(room.code(operator, shot(0, 'grid', face, face))).toBe('BAD_REQUEST');
    expect(room.code(operator, shot(0, 'grid', face, board, rooms))).toBeNull();
    // The board's pages take a place of their own.
    const pages = { type: 'shot.take', board: true, seen: 0 } as const;
    expect(room.code(operator, { ...pages, layout: 'single', feedIds: [face] })).toBe('BAD_REQUEST');
    expect(room.code(operator, { ...pages, layout: 'single', feedIds: [] })).toBeNull();
    expect(room.code(operator, { ...pages, layout: 'pip', feedIds: [face] })).toBeNull();
  });

  test('of two who cut at once the second is told; who cuts quickly is not in their own way', () => {
    const room = studio();
    const seen = room.state.directing.shotSeq;
    room.ask(operator, shot(seen, 'single', face));
    expect(room.code(administrator, shot(seen, 'single', board))).toBe('OVERTAKEN');
    expect(room.ask(administrator, shot(seen, 'single', face))).toEqual([]);
    expect(room.code(operator, shot(seen, 'single', rooms))).toBeNull();
    expect(room.code(administrator, shot(room.state.directing.shotSeq, 'single', board))).toBeNull();
  });
});

describe('highlights', () => {
  test('stand at the lesson time of the touch, can be named, and can be taken back', () => {
    const room = studio();
    room.now = 63_500;
    room.ask(operator, { type: 'highlight.mark', note: null });
    const [mark] = room.state.directing.highlights;
    expect(mark).toMatchObject({ atMs: 63_000, note: null, byParticipantId: operator.participantId });
    const { highlightId } = mark!;
    room.ask(operator, { type: 'highlight.note', highlightId, note: '石门的孩子讲解' });
    expect(room.state.directing.highlights[0]?.note).toBe('石门的孩子讲解');
    room.ask(operator, { type: 'highlight.remove', highlightId });
    expect(room.state.directing.highlights).toEqual([]);
    expect(room.ask(operator, { type: 'highlight.remove', highlightId })).toEqual([]);
    expect(room.code(operator, { type: 'highlight.note', highlightId, note: 'x' })).toBe('NOT_FOUND');
  });

  test('need a recording', () => {
    expect(new Class().code(operator, { type: 'highlight.mark', note: null })).toBe('WRONG_STATE');
  });
});

describe('the recording', () => {
  const run: ClassRequest = { type: 'recording.run' };
  const hold: ClassRequest = { type: 'recording.hold' };

  test('stands still and goes on, as often as asked, and remembers when', () => {
    const room = studio();
    expect(room.ask(operator, run)).toEqual([]);
    room.now = 2_000;
    room.ask(operator, hold);
    expect(room.ask(teacher, hold)).toEqual([]);
    expect(room.state.directing.heldAt).toBe(2_000);
    room.now = 4_000;
    room.ask(teacher, run);
    expect(room.state.directing).toMatchObject({ heldAt: null, holds: [{ from: 2_000, to: 4_000 }] });
  });

  test('that is held when the bell rings was held to its end', () => {
    const room = studio();
    room.ask(operator, hold);
    room.now = 9_000;
    room.put({ type: 'lesson.ended', reason: 'ended', byAccountId: null });
    expect(room.state.directing).toMatchObject({ heldAt: null, holds: [{ from: 1_000, to: 9_000 }] });
  });

  test('begins by a touch where it is so decided, once, and never where it is off', () => {
    const room = new Class();
    room.recordingPolicy = 'manual';
    expect(room.code(operator, hold)).toBe('WRONG_STATE');
    expect(room.ask(operator, run)).toMatchObject([{ type: 'recording.asked' }]);
    expect(room.ask(teacher, run)).toEqual([]);

    const silent = new Class();
    silent.put({ type: 'recording.policySet', policy: 'off', byAccountId: teacher.accountId });
    expect(silent.code(operator, run)).toBe('RECORDING_OFF');
  });
});
