import { z } from 'zod';
import { Id } from './ids.ts';
import { type Action, LessonRole } from './permission.ts';
import { ChildName } from './steering.ts';
import { sharedText } from './text.ts';
import type { TimelineEvent } from './timeline.ts';

/* Text in class: a chat and a question channel for everybody, quiet notes between an assistant and the teacher. */

/** `class`: what everybody says. `questions`: what the teacher should answer. */
export const Channel = z.enum(['class', 'questions']);
export type Channel = z.infer<typeof Channel>;

/** Whether what the rooms write appears at once, when the teacher's side lets it, or not at all. */
export const ChatMode = z.enum(['open', 'hold', 'off']);
export type ChatMode = z.infer<typeof ChatMode>;

export const MAX_MESSAGE = 200;
export const MAX_SLOW_SECONDS = 300;
/** A page shows no more; the timeline keeps all. */
const KEPT_MESSAGES = 300;

const written = { max: MAX_MESSAGE, lines: 4 };
const Text = sharedText(written);
/** Empty when it was removed afterwards. */
const TextOrNone = sharedText({ ...written, min: 0 });

/** Who wrote it, as they were called then: they may have left when it is read. */
const Author = z.object({ participantId: Id, name: z.string(), role: LessonRole });
export type Author = z.infer<typeof Author>;

const Message = z.object({
  messageId: Id,
  channel: Channel,
  from: Author,
  /** The child of the room for whom it was written. */
  child: ChildName.nullable(),
  text: TextOrNone,
});

const Rules = z.object({
  mode: ChatMode,
  /** Between two messages of one participant; 0 for no limit. */
  slowSeconds: z.number().int().min(0).max(MAX_SLOW_SECONDS),
  /** Whether the rooms' big screens show the chat. */
  onScreen: z.boolean(),
});
export type ChatRules = z.infer<typeof Rules>;

export const ChatEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message.sent'), ...Message.shape }),
  /** Waits for approval: for the teacher's side and its author alone. */
  z.object({
    type: z.literal('message.held'),
    ...Message.shape,
    /** The chat is held, or a word in it is. */
    because: z.enum(['mode', 'word']),
  }),
  z.object({ type: z.literal('message.rejected'), messageId: Id, participantId: Id }),
  /** Its text is told to nobody any more. */
  z.object({ type: z.literal('message.removed'), messageId: Id }),
  z.object({ type: z.literal('message.answered'), messageId: Id, answered: z.boolean() }),
  z.object({
    type: z.literal('note.sent'),
    messageId: Id,
    /** The assistant whose talk with the teacher it belongs to. */
    withParticipantId: Id,
    from: Author,
    text: Text,
  }),
  z.object({ type: z.literal('chat.ruled'), ...Rules.partial().shape }),
  z.object({ type: z.literal('chat.muted'), participantId: Id, name: z.string(), muted: z.boolean() }),
]);
export type ChatEvent = z.infer<typeof ChatEvent>;

export const ChatRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message.send'), channel: Channel, child: ChildName.nullable(), text: Text }),
  z.object({ type: z.literal('message.approve'), messageId: Id }),
  z.object({ type: z.literal('message.reject'), messageId: Id }),
  z.object({ type: z.literal('message.remove'), messageId: Id }),
  z.object({ type: z.literal('message.answer'), messageId: Id, answered: z.boolean() }),
  /** `withParticipantId`: to which assistant; an assistant writes to the teacher and leaves it null. */
  z.object({ type: z.literal('note.send'), withParticipantId: Id.nullable(), text: Text }),
  z.object({ type: z.literal('chat.rule'), ...Rules.partial().shape }),
  z.object({ type: z.literal('chat.mute'), participantId: Id, muted: z.boolean() }),
]);
export type ChatRequest = z.infer<typeof ChatRequest>;

export const CHAT_NEEDS: Record<ChatRequest['type'], Action> = {
  'message.send': 'chat.write',
  'message.approve': 'chat.moderate',
  'message.reject': 'chat.moderate',
  'message.remove': 'chat.moderate',
  'message.answer': 'chat.moderate',
  'note.send': 'chat.note',
  'chat.rule': 'chat.moderate',
  'chat.mute': 'chat.moderate',
};

export interface ChatMessage {
  readonly messageId: Id;
  readonly channel: Channel;
  readonly from: Author;
  readonly child: string | null;
  /** Null when it was removed. */
  readonly text: string | null;
  readonly at: number;
  readonly answered: boolean;
}

export interface HeldMessage extends ChatMessage {
  readonly because: 'mode' | 'word';
}

export interface Note {
  readonly messageId: Id;
  readonly withParticipantId: Id;
  readonly from: Author;
  readonly text: string;
  readonly at: number;
}

export interface ChatState extends Readonly<ChatRules> {
  /** The newest last. */
  readonly messages: readonly ChatMessage[];
  /** The teacher's side has all of them, a participant its own. */
  readonly held: readonly HeldMessage[];
  readonly notes: readonly Note[];
  /** Participants who may not write, by name. */
  readonly muted: ReadonlyMap<Id, string>;
  /** When each participant wrote last, for slow mode. */
  readonly lastAt: ReadonlyMap<Id, number>;
}

export const NO_CHAT: ChatState = {
  mode: 'open',
  slowSeconds: 0,
  onScreen: false,
  messages: [],
  held: [],
  notes: [],
  muted: new Map(),
  lastAt: new Map(),
};

/** What one event makes of the chat; events of other topics change nothing here. */
export function applyChat(state: ChatState, { at, body }: TimelineEvent): ChatState {
  switch (body.type) {
    case 'message.sent': {
      const { type: _type, ...message } = body;
      const waited = state.held.find(({ messageId }) => messageId === message.messageId);
      return {
        ...state,
        messages: [...state.messages, { ...message, at, answered: false }].slice(-KEPT_MESSAGES),
        held: withoutHeld(state, message.messageId),
        lastAt: waited ? state.lastAt : wrote(state, message.from, at),
      };
    }
    case 'message.held': {
      const { type: _type, ...message } = body;
      return {
        ...state,
        held: [...state.held, { ...message, at, answered: false }].slice(-KEPT_MESSAGES),
        lastAt: wrote(state, message.from, at),
      };
    }
    case 'message.rejected':
      return { ...state, held: withoutHeld(state, body.messageId) };
    case 'message.removed':
      return changed(state, body.messageId, { text: null });
    case 'message.answered':
      return changed(state, body.messageId, { answered: body.answered });
    case 'note.sent': {
      const { type: _type, ...note } = body;
      return { ...state, notes: [...state.notes, { ...note, at }].slice(-KEPT_MESSAGES) };
    }
    case 'chat.ruled': {
      const { type: _type, ...rules } = body;
      return { ...state, ...rules };
    }
    case 'chat.muted': {
      const muted = new Map(state.muted);
      if (body.muted) muted.set(body.participantId, body.name);
      else muted.delete(body.participantId);
      return { ...state, muted };
    }
    default:
      return state;
  }
}

const wrote = ({ lastAt }: ChatState, { participantId }: Author, at: number): ReadonlyMap<Id, number> =>
  new Map(lastAt).set(participantId, at);

const withoutHeld = ({ held }: ChatState, messageId: Id): readonly HeldMessage[] =>
  held.some((message) => message.messageId === messageId)
    ? held.filter((message) => message.messageId !== messageId)
    : held;

function changed(state: ChatState, messageId: Id, change: Partial<ChatMessage>): ChatState {
  return {
    ...state,
    messages: state.messages.map((message) =>
      message.messageId === messageId ? { ...message, ...change } : message,
    ),
  };
}

/** Milliseconds that this participant still has to wait in slow mode; 0 when it may write. */
export function slowLeft({ slowSeconds, lastAt }: ChatState, participantId: Id, now: number): number {
  const last = lastAt.get(participantId);
  return last === undefined ? 0 : Math.max(0, last + slowSeconds * 1000 - now);
}
