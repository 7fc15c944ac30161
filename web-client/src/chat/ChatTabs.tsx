import { useTranslation } from 'react-i18next';
import styles from './Chat.module.css';
import { CHAT_TABS, type ChatTab } from './chat-lines.ts';
import type { Unread } from './use-unread.ts';

interface Props {
  shown: ChatTab;
  unread: Unread;
  /** Whose words the tabs are named with. */
  side: 'channel' | 'channelRoom';
  onShow: (tab: ChatTab) => void;
}

export function ChatTabs({ shown, unread, side, onShow }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.tabs} role="tablist" aria-label={t('chat.title')}>
      {CHAT_TABS.map((tab) => (
        <button
          key={tab}
          type="button"
          role="tab"
          aria-selected={tab === shown}
          className={styles.tab}
          data-testid={`chat-${tab}`}
          onClick={() => onShow(tab)}
        >
          {side === 'channel' ? t(`chat.channel.${tab}`) : t(`chat.channelRoom.${tab}`)}
          {tab !== shown && unread.counts[tab] > 0 && (
            <span className={styles.badge}>{unread.counts[tab]}</span>
          )}
        </button>
      ))}
    </div>
  );
}
