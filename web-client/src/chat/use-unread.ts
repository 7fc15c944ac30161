import { useCallback, useState } from 'react';
import type { ChatState } from '#protocol/chat.ts';
import type { Id } from '#protocol/ids.ts';
import { CHAT_TABS, type ChatTab, linesOf, unreadOf } from './chat-lines.ts';

export interface Unread {
  readonly counts: Readonly<Record<ChatTab, number>>;
  readonly total: number;
  /** All of a tab's lines up to now have been seen. */
  see(tab: ChatTab): void;
}

/** What has come into each tab since one last looked there. */
export function useUnread(chat: ChatState, ownId: Id | null): Unread {
  const [seen, setSeen] = useState<Readonly<Record<ChatTab, number>>>({ class: 0, questions: 0, notes: 0 });
  const count = (tab: ChatTab) => unreadOf(linesOf(chat, tab), ownId, seen[tab]);
  const counts = { class: count('class'), questions: count('questions'), notes: count('notes') };
  const see = useCallback(
    (tab: ChatTab) => {
      const last = linesOf(chat, tab).at(-1)?.at ?? 0;
      setSeen((before) => (before[tab] < last ? { ...before, [tab]: last } : before));
    },
    [chat],
  );
  return { counts, total: CHAT_TABS.reduce((sum, tab) => sum + counts[tab], 0), see };
}
