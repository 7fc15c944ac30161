import { useTranslation } from 'react-i18next';
import type { LiveState } from '#protocol/live-state.ts';
import { SharedText } from '../ui/SharedText.tsx';
import styles from './Chat.module.css';

const SHOWN = 3;

/** The last words of the class on a big screen, when the teacher shows them there. */
export function ChatTicker({ live }: { live: LiveState }) {
  const { t } = useTranslation();
  const { onScreen, messages } = live.chat;
  const last = messages.filter(({ text, channel }) => text !== null && channel === 'class').slice(-SHOWN);
  if (!onScreen || last.length === 0) return null;
  return (
    <ul className={styles.ticker} aria-label={t('chat.title')} data-testid="chat-ticker">
      {last.map(({ messageId, from, child, text }) => (
        <li key={messageId}>
          <SharedText
            className={styles.tickerWho}
            text={child ? t('chat.child', { room: from.name, child }) : from.name}
          />
          <SharedText text={text ?? ''} />
        </li>
      ))}
    </ul>
  );
}
