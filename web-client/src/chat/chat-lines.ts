import type { ChatState } from '#protocol/chat.ts';
import type { Id } from '#protocol/ids.ts';

/** The tabs: two channels, and the quiet notes. */
export const CHAT_TABS = ['class', 'questions', 'notes'] as const;
export type ChatTab = (typeof CHAT_TABS)[number];

/** One line of a list, whatever it came from. */
export interface ChatLine {
  readonly messageId: Id;
  readonly from: { readonly participantId: Id; readonly name: string };
  readonly child: string | null;
  /** Null when it was removed. */
  readonly text: string | null;
  readonly at: number;
  readonly answered: boolean;
  /** Not public yet. */
  readonly waits: boolean;
  /** A sensitive word keeps it. */
  readonly byWord: boolean;
}

/** What stands in a tab, in order of time. `withParticipantId`: whose notes; null for all. */
export function linesOf(chat: ChatState, tab: ChatTab, withParticipantId: Id | null = null): ChatLine[] {
  const plain = { child: null, answered: false, waits: false, byWord: false };
  if (tab === 'notes')
    return chat.notes
      .filter((note) => withParticipantId === null || note.withParticipantId === withParticipantId)
      .map((note) => ({ ...plain, ...note }));
  const said = chat.messages
    .filter(({ channel }) => channel === tab)
    .map((message) => ({ ...message, waits: false, byWord: false }));
  const held = chat.held
    .filter(({ channel }) => channel === tab)
    .map((message) => ({ ...message, waits: true, byWord: message.because === 'word' }));
  return [...said, ...held].sort((a, b) => a.at - b.at);
}

/** How many lines of others came after `seenAt`, or wait to be let through. */
export function unreadOf(lines: readonly ChatLine[], ownId: Id | null, seenAt: number): number {
  return lines.filter(
    (line) => (line.waits || line.at > seenAt) && line.text !== null && line.from.participantId !== ownId,
  ).length;
}
