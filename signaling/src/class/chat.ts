import { newId } from '#platform/ids.ts';
import { type Author, type ChatRequest, type ChatState, type HeldMessage, slowLeft } from '#protocol/chat.ts';
import { AppError } from '#protocol/errors.ts';
import type { Id } from '#protocol/ids.ts';
import type { LiveState } from '#protocol/live-state.ts';
import type { Participant } from '#protocol/timeline.ts';
import { type Deciders, mustBeOpen, type Outside, steers } from './decider.ts';

export const chatDeciders: Deciders<ChatRequest> = {
  'message.send'(state, actor, { channel, child, text }, outside) {
    if (!steers(actor)) mustBeHeard(state, actor, outside.now());
    const word = checked(outside, text, child);
    const message = { messageId: newId(), channel, from: authorOf(actor), child, text };
    if (steers(actor) || (word === null && state.chat.mode === 'open'))
      return [{ type: 'message.sent', ...message }];
    return [{ type: 'message.held', ...message, because: word ? 'word' : 'mode' }];
  },

  'message.approve'({ chat }, _actor, { messageId }) {
    if (isPublic(chat, messageId)) return [];
    const { channel, from, child, text } = findHeld(chat, messageId);
    return [{ type: 'message.sent', messageId, channel, from, child, text: text ?? '' }];
  },

  'message.reject'({ chat }, _actor, { messageId }) {
    const { participantId } = findHeld(chat, messageId).from;
    return [{ type: 'message.rejected', messageId, participantId }];
  },

  'message.remove'({ chat }, _actor, { messageId }) {
    return findPublic(chat, messageId).text === null ? [] : [{ type: 'message.removed', messageId }];
  },

  'message.answer'({ chat }, _actor, { messageId, answered }) {
    const message = findPublic(chat, messageId);
    return message.answered === answered ? [] : [{ type: 'message.answered', messageId, answered }];
  },

  'note.send'(state, actor, { withParticipantId: to, text }, outside) {
    checked(outside, text, null);
    const withParticipantId = steers(actor) ? to : actor.participantId;
    if (withParticipantId === null || (steers(actor) && !isAssistant(state, withParticipantId)))
      throw new AppError('NOT_FOUND', 'no such assistant in this lesson');
    return [{ type: 'note.sent', messageId: newId(), withParticipantId, from: authorOf(actor), text }];
  },

  'chat.rule'({ chat }, _actor, { type: _type, ...rules }) {
    const differs = (Object.keys(rules) as (keyof typeof rules)[]).some((rule) => rules[rule] !== chat[rule]);
    return differs ? [{ type: 'chat.ruled', ...rules }] : [];
  },

  'chat.mute'({ chat, participants }, _actor, { participantId, muted }) {
    if (chat.muted.has(participantId) === muted) return [];
    const known = participants.get(participantId);
    if (muted && !known) throw new AppError('NOT_FOUND', 'no such participant');
    if (known && steers(known)) throw new AppError('FORBIDDEN', 'who steers the class cannot be muted');
    const name = known?.name ?? chat.muted.get(participantId) ?? '';
    return [{ type: 'chat.muted', participantId, name, muted }];
  },
};

/** @throws AppError when this participant of a room may not write now. */
function mustBeHeard(state: LiveState, actor: Participant, now: number): void {
  mustBeOpen(state, actor, 'text');
  const { chat } = state;
  if (chat.mode === 'off') throw new AppError('SWITCHED_OFF', 'the chat is off');
  if (chat.muted.has(actor.participantId)) throw new AppError('MUTED', 'muted by the teacher');
  const retryAfterMs = slowLeft(chat, actor.participantId, now);
  if (retryAfterMs > 0)
    throw new AppError('SLOW_MODE', `wait ${Math.ceil(retryAfterMs / 1000)} s`, { retryAfterMs });
}

/** What a sensitive word in it asks for. @throws AppError SENSITIVE_WORD when it may not be said at all. */
function checked({ words }: Outside, text: string, child: string | null): 'hold' | null {
  const found = words(child === null ? text : `${text}\n${child}`);
  if (found === 'block') throw new AppError('SENSITIVE_WORD', 'a word in it may not be said here');
  return found;
}

const authorOf = ({ participantId, name, role }: Participant): Author => ({ participantId, name, role });

const isAssistant = ({ participants }: LiveState, participantId: Id): boolean =>
  participants.get(participantId)?.role === 'assistant';

const isPublic = ({ messages }: ChatState, messageId: Id): boolean =>
  messages.some((message) => message.messageId === messageId);

function findHeld({ held }: ChatState, messageId: Id): HeldMessage {
  const message = held.find((known) => known.messageId === messageId);
  if (!message) throw new AppError('NOT_FOUND', 'no such message is held');
  return message;
}

function findPublic({ messages }: ChatState, messageId: Id) {
  const message = messages.find((known) => known.messageId === messageId);
  if (!message) throw new AppError('NOT_FOUND', 'no such message');
  return message;
}
