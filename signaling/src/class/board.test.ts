import { describe, expect, test } from '@jest/globals';
import { pageShown } from '#protocol/board.ts';
import type { Mark } from '#protocol/board-page.ts';
import { AppError } from '#protocol/errors.ts';
import { packInk } from '#protocol/ink.ts';
import type { ClassRequest } from '#protocol/lesson-socket.ts';
import { fromSnapshot, toSnapshot } from '#protocol/live-snapshot.ts';
import { applyEvent, initialState, type LiveState } from '#protocol/live-state.ts';
import type { LessonRole } from '#protocol/permission.ts';
import type { EventBody, Participant } from '#protocol/timeline.ts';
import { decide } from './decide.ts';

const id = (letter: string) => letter.repeat(22);
const person = (letter: string, role: LessonRole, helps: string | null = null): Participant => ({
  participantId: id(letter),
  accountId: id(letter.toUpperCase()),
  kind: role === 'remote' ? 'classroom' : 'person',
  name: role,
  organizationName: 'school',
  role,
  helpsParticipantId: helps && id(helps),
});
const teacher = person('t', 'presenter');
const shimen = person('s', 'remote');
const hekou = person('h', 'remote');
const assistant = person('a', 'assistant', 's');

const line = (y: number): Mark => ({ kind: 'line', color: 'black', width: 4, from: [0, y], to: [1, y] });

class Class {
  state: LiveState = initialState(id('l'));
  constructor() {
    this.put({ type: 'lesson.started', byAccountId: null });
    for (const participant of [teacher, shimen, hekou, assistant])
      this.put({ type: 'participant.joined', participant });
    this.ask(teacher, { type: 'board.show', shown: true });
  }
  put(...bodies: readonly EventBody[]): void {
    for (const body of bodies)
      this.state = applyEvent(this.state, { seq: this.state.seq + 1, at: 1_000, mediaMs: null, body });
  }
  ask(actor: Participant, request: ClassRequest): readonly EventBody[] {
    const bodies = decide(this.state, actor, request, {
      words: () => null,
      now: () => 1_000,
      recordingPolicy: 'auto',
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
  get pageId(): string {
    return this.state.board.pageId!;
  }
  get heights(): unknown[] {
    return pageShown(this.state.board)!.items.map((item) => 'from' in item && item.from[1]);
  }
  draw(_actor: Participant, ...ys: number[]): ClassRequest {
    return { type: 'board.draw', pageId: this.pageId, marks: ys.map(line) };
  }
}

describe('pages', () => {
  test('a board that is opened has one to write on, and stays as it is when it is opened again', () => {
    const room = new Class();
    expect(room.state.board).toMatchObject({ shown: true, pages: [{ source: { kind: 'blank' } }] });
    room.ask(teacher, { type: 'board.show', shown: false });
    room.ask(teacher, { type: 'board.show', shown: true });
    expect(room.state.board.pages).toHaveLength(1);
  });

  test('come after the one that is shown, are turned, moved, removed and restored with what was drawn', () => {
    const room = new Class();
    const first = room.pageId;
    room.ask(teacher, room.draw(teacher, 0.1));
    room.ask(teacher, { type: 'board.addPage' });
    const second = room.pageId;
    room.ask(teacher, { type: 'board.turn', pageId: first });
    room.ask(teacher, { type: 'board.addPage' });
    const ids = () => room.state.board.pages.map(({ pageId }) => pageId);
    expect(ids()).toEqual([first, room.pageId, second]);
    room.ask(teacher, { type: 'board.movePage', pageId: first, index: 99 });
    expect(ids().at(-1)).toBe(first);
    room.ask(teacher, { type: 'board.turn', pageId: first });
    room.ask(teacher, { type: 'board.removePage', pageId: first });
    expect(room.pageId).toBe(second);
    expect(room.ask(teacher, { type: 'board.removePage', pageId: first })).toEqual([]);
    room.ask(teacher, { type: 'board.restorePage', pageId: first });
    expect([room.pageId, room.heights]).toEqual([first, [0.1]]);
    expect(room.code(teacher, { type: 'board.turn', pageId: id('x') })).toBe('NOT_FOUND');
  });
});

describe('drawing', () => {
  test('is undone and redone by whoever did it, in its place among the others', () => {
    const room = new Class();
    room.ask(teacher, { type: 'board.allow', participantId: shimen.participantId, allowed: true });
    room.ask(teacher, room.draw(teacher, 0.1));
    room.ask(shimen, room.draw(shimen, 0.2));
    room.ask(teacher, room.draw(teacher, 0.3));
    const { pageId } = room;
    room.ask(shimen, { type: 'board.undo', pageId });
    expect(room.heights).toEqual([0.1, 0.3]);
    room.ask(shimen, { type: 'board.redo', pageId });
    expect(room.heights).toEqual([0.1, 0.2, 0.3]);
    expect(room.ask(shimen, { type: 'board.redo', pageId })).toEqual([]);
    room.ask(teacher, { type: 'board.clear', pageId });
    expect(room.heights).toEqual([]);
    room.ask(teacher, { type: 'board.undo', pageId });
    expect(room.heights).toEqual([0.1, 0.2, 0.3]);
    room.ask(teacher, { type: 'board.undo', pageId });
    room.ask(teacher, room.draw(teacher, 0.4));
    expect(room.ask(teacher, { type: 'board.redo', pageId })).toEqual([]);
    expect(room.heights).toEqual([0.1, 0.2, 0.4]);
  });

  test('is for a room only while the teacher lets it: alone, or all by the switch, and not in a pause', () => {
    const room = new Class();
    const codes = () => [shimen, hekou, assistant].map((who) => room.code(who, room.draw(who, 0.1)));
    expect(codes()).toEqual(['SWITCHED_OFF', 'SWITCHED_OFF', 'SWITCHED_OFF']);
    room.ask(teacher, { type: 'board.allow', participantId: shimen.participantId, allowed: true });
    expect(codes()).toEqual([null, 'SWITCHED_OFF', null]);
    const { switchesSeq } = room.state.steering;
    room.ask(teacher, { type: 'switches.set', switches: { annotation: true }, seen: switchesSeq });
    expect(codes()).toEqual([null, null, null]);
    room.ask(teacher, { type: 'class.pause', paused: true });
    expect(codes()).toEqual(['CLASS_PAUSED', 'CLASS_PAUSED', 'CLASS_PAUSED']);
    expect(room.code(teacher, room.draw(teacher, 0.9))).toBeNull();
    room.ask(teacher, { type: 'class.pause', paused: false });
    const seen = room.state.steering.switchesSeq;
    room.ask(teacher, { type: 'switches.set', switches: { annotation: false }, seen });
    expect(codes()).toEqual(['SWITCHED_OFF', 'SWITCHED_OFF', 'SWITCHED_OFF']);
  });

  test('of others is erased by the teacher only', () => {
    const room = new Class();
    room.ask(teacher, { type: 'board.allow', participantId: shimen.participantId, allowed: true });
    room.ask(teacher, room.draw(teacher, 0.1));
    room.ask(shimen, room.draw(shimen, 0.2));
    const itemIds = pageShown(room.state.board)!.items.map((item) => item.id);
    const { pageId } = room;
    room.ask(shimen, { type: 'board.erase', pageId, itemIds });
    expect(room.heights).toEqual([0.1]);
    expect(room.code(shimen, { type: 'board.clear', pageId })).toBe('SWITCHED_OFF');
    room.ask(teacher, { type: 'board.erase', pageId, itemIds });
    expect(room.heights).toEqual([]);
  });
});

test('5,000 strokes cross in one snapshot of less than 1 MB and come back the same', () => {
  const room = new Class();
  const { pageId } = room;
  for (let stroke = 0; stroke < 5_000; stroke += 1) {
    const [x, y] = [(stroke % 100) / 100, Math.floor(stroke / 100) / 100];
    const points = Array.from({ length: 16 }, (_, index) => ({
      x: x + index / 2_000,
      y: y + Math.sin(index + stroke) / 200,
      pressure: 0.5,
      t: index * 16,
    }));
    const mark: Mark = { kind: 'pen', color: 'blue', width: 4, ink: packInk(points) };
    room.put({ type: 'board.drawn', pageId, participantId: teacher.participantId, marks: [mark] });
  }
  const wire = JSON.stringify(toSnapshot(room.state));
  expect(wire.length).toBeLessThan(1_000_000);
  expect(fromSnapshot(JSON.parse(wire))).toEqual(room.state);
});
