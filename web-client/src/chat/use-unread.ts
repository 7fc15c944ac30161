import { useEffect, useRef, useState } from 'react';
import type { ChatState } from '#protocol/chat.ts';
import type { Id } from '#protocol/ids.ts';
import { CHAT_TABS, type ChatTab, linesOf, unreadOf } from './chat-lines.ts';

export interface Unread {
  readonly counts: Readonly<Record<ChatTab, number>>;
  readonly total: number;
}

const NEVER: Readonly<Record<ChatTab, number>> = { class: 0, questions: 0, notes: 0 };

/**
 * What has come into each tab since one last looked there. What one looks at (`shown`) is noted when one looks
 * away, and not line by line: a class that writes fast would otherwise draw every line twice.
 */
export function useUnread(chat: ChatState, ownId: Id | null, shown: ChatTab | null): Unread {
  const [seen, setSeen] = useState(NEVER);
  const latest = useRef(chat);
  latest.current = chat;
  useEffect(() => {
    if (!shown) return;
    return () => {
      const last = linesOf(latest.current, shown).at(-1)?.at ?? 0;
      setSeen((before) => ({ ...before, [shown]: last }));
    };
  }, [shown]);
  const count = (tab: ChatTab) =>
    unreadOf(linesOf(chat, tab), ownId, tab === shown ? Number.POSITIVE_INFINITY : seen[tab]);
  const counts = { class: count('class'), questions: count('questions'), notes: count('notes') };
  return { counts, total: CHAT_TABS.reduce((sum, tab) => sum + counts[tab], 0) };
}
