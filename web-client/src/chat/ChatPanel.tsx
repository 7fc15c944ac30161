import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveState } from '#protocol/live-state.ts';
import type { Act } from '../steering/use-act.ts';
import styles from './Chat.module.css';
import { ChatTabs } from './ChatTabs.tsx';
import { Composer } from './Composer.tsx';
import { type ChatTab, linesOf } from './chat-lines.ts';
import { LineActions } from './LineActions.tsx';
import { MessageList } from './MessageList.tsx';
import { RulesBar } from './RulesBar.tsx';
import type { Unread } from './use-unread.ts';

interface Props {
  live: LiveState;
  ownId: string | null;
  unread: Unread;
  tab: ChatTab;
  onTab: (tab: ChatTab) => void;
  act: Act;
}

/** The teacher's side of all text: the class, its questions, and the assistants quietly. */
export function ChatPanel({ live, ownId, unread, tab, onTab, act }: Props) {
  const { t } = useTranslation();
  const [to, setTo] = useState<string | null>(null);
  const { chat } = live;
  const assistants = [...live.participants.values()].filter(({ role }) => role === 'assistant');
  const addressed = assistants.find(({ participantId }) => participantId === to) ?? assistants[0];
  const send = (text: string) =>
    tab === 'notes'
      ? act('note.send', { withParticipantId: addressed?.participantId ?? null, text })
      : act('message.send', { channel: tab, child: null, text });
  return (
    <section className={styles.panel} data-testid="chat-panel">
      <ChatTabs shown={tab} unread={unread} side="channel" onShow={onTab} />
      {tab !== 'notes' && <RulesBar live={live} act={act} />}
      <MessageList
        key={tab}
        lines={linesOf(chat, tab)}
        ownId={ownId}
        empty={t(`chat.empty.${tab}`)}
        actions={
          tab === 'notes'
            ? undefined
            : (line) => (
                <LineActions
                  line={line}
                  chat={chat}
                  own={line.from.participantId === ownId}
                  question={tab === 'questions'}
                  act={act}
                />
              )
        }
      />
      {tab === 'notes' && !addressed ? (
        <p className={styles.note}>{t('chat.nobodyToNote')}</p>
      ) : (
        <Composer
          key={`composer ${tab}`}
          placeholder={
            tab === 'notes'
              ? t('chat.placeholderTo', { name: addressed?.name ?? '' })
              : t(`chat.placeholder.${tab}`)
          }
          onSend={send}
        >
          {tab === 'notes' && assistants.length > 1 && (
            <fieldset className={styles.choices}>
              <legend className={styles.label}>{t('chat.toWhom')}</legend>
              {assistants.map(({ participantId, name }) => (
                <button
                  key={participantId}
                  type="button"
                  className={styles.choice}
                  aria-pressed={participantId === addressed?.participantId}
                  onClick={() => setTo(participantId)}
                >
                  {name}
                </button>
              ))}
            </fieldset>
          )}
        </Composer>
      )}
    </section>
  );
}
