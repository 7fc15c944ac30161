import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { slowLeft } from '#protocol/chat.ts';
import type { LiveState } from '#protocol/live-state.ts';
import type { Participant } from '#protocol/timeline.ts';
import type { Act } from '../steering/use-act.ts';
import styles from './Chat.module.css';
import { ChatTabs } from './ChatTabs.tsx';
import { Composer } from './Composer.tsx';
import { type ChatTab, linesOf } from './chat-lines.ts';
import { MessageList } from './MessageList.tsx';
import { useUnread } from './use-unread.ts';

interface Props {
  live: LiveState;
  me: Participant;
  /** Server's wall ms. */
  now: number;
  act: Act;
}

/** Text on the phone of whoever stands in a room: to the class, a question, or quietly to the teacher. */
export function ChatSheet({ live, me, now, act }: Props) {
  const { t } = useTranslation();
  const [tab, setTab] = useState<ChatTab>('notes');
  const [child, setChild] = useState('');
  const { chat, steering } = live;
  const { participantId } = me;
  const unread = useUnread(chat, participantId, tab);
  const quiet = tab === 'notes';
  const open = chat.mode !== 'off' && steering.switches.text && !steering.paused;
  const closed = quiet ? null : !open ? 'chat.off' : chat.muted.has(participantId) ? 'chat.muted' : null;
  const send = (text: string) =>
    quiet
      ? act('note.send', { withParticipantId: null, text })
      : act('message.send', { channel: tab, child: child.trim() || null, text });
  return (
    <section className={styles.sheet} data-testid="chat-sheet" aria-label={t('chat.title')}>
      <ChatTabs shown={tab} unread={unread} side="channelRoom" onShow={setTab} />
      <MessageList
        key={tab}
        lines={linesOf(chat, tab)}
        ownId={participantId}
        empty={t(`chat.empty.${tab}`)}
      />
      {closed ? (
        <p className={styles.note}>{t(closed)}</p>
      ) : (
        <Composer
          key={`composer ${tab}`}
          placeholder={t(`chat.placeholder.${tab}`)}
          waitSeconds={quiet ? 0 : Math.ceil(slowLeft(chat, participantId, now) / 1000)}
          onSend={send}
        >
          {tab === 'questions' && (
            <input
              className={styles.input}
              maxLength={32}
              placeholder={t('chat.childField')}
              aria-label={t('chat.childField')}
              value={child}
              onChange={(event) => setChild(event.target.value)}
            />
          )}
        </Composer>
      )}
    </section>
  );
}
