import { expect, test } from '@jest/globals';
import { NO_CHAT } from '#protocol/chat.ts';
import { linesOf, unreadOf } from './chat-lines.ts';

const from = (participantId: string) => ({ participantId, name: participantId, role: 'remote' as const });
const message = (
  messageId: string,
  at: number,
  text: string | null = 'x',
  channel: 'class' | 'questions' = 'class',
) => ({
  messageId,
  channel,
  from: from('s'),
  child: null,
  text,
  at,
  answered: false,
});
const chat = {
  ...NO_CHAT,
  messages: [message('1', 10), message('2', 30, null), message('3', 20, 'x', 'questions')],
  held: [{ ...message('4', 15), because: 'word' as const }],
  notes: [{ messageId: '5', withParticipantId: 'a', from: from('a'), text: 'x', at: 5 }],
};

test('a tab has its channel in order of time, with what waits in it', () => {
  expect(linesOf(chat, 'class').map(({ messageId, waits, byWord }) => [messageId, waits, byWord])).toEqual([
    ['1', false, false],
    ['4', true, true],
    ['2', false, false],
  ]);
  expect(linesOf(chat, 'questions')).toHaveLength(1);
  expect([linesOf(chat, 'notes', 'a').length, linesOf(chat, 'notes', 'b').length]).toEqual([1, 0]);
});

test('unread is what others wrote since, and what is still there', () => {
  expect(unreadOf(linesOf(chat, 'class'), null, 10)).toBe(1);
  expect(unreadOf(linesOf(chat, 'class'), null, 99)).toBe(1);
  expect(unreadOf(linesOf(chat, 'class'), 's', 0)).toBe(0);
});
