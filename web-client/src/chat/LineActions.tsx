import { useTranslation } from 'react-i18next';
import type { ChatState } from '#protocol/chat.ts';
import type { Act } from '../steering/use-act.ts';
import styles from './Chat.module.css';
import type { ChatLine } from './chat-lines.ts';

interface Props {
  line: ChatLine;
  chat: ChatState;
  /** The teacher's own line: nothing to mute. */
  own: boolean;
  question: boolean;
  act: Act;
}

/** What the teacher's side can do with one line. What waits is decided in the open; the rest is a touch away. */
export function LineActions({ line, chat, own, question, act }: Props) {
  const { t } = useTranslation();
  const { messageId, from, waits, text, answered } = line;
  const { participantId, name } = from;
  if (text === null) return null;
  if (waits)
    return (
      <div className={styles.actions}>
        <button
          type="button"
          className={styles.approve}
          data-testid="approve"
          onClick={() => void act('message.approve', { messageId })}
        >
          {t('chat.approve')}
        </button>
        <button
          type="button"
          className={styles.choice}
          data-testid="reject"
          onClick={() => void act('message.reject', { messageId })}
        >
          {t('chat.reject')}
        </button>
      </div>
    );
  const muted = chat.muted.has(participantId);
  return (
    <details className={styles.more}>
      <summary aria-label={t('chat.more', { name })} data-testid="line-more">
        …
      </summary>
      <div className={styles.actions}>
        {question && (
          <button
            type="button"
            className={styles.choice}
            data-testid="mark-answered"
            onClick={() => void act('message.answer', { messageId, answered: !answered })}
          >
            {t(answered ? 'chat.markOpen' : 'chat.markAnswered')}
          </button>
        )}
        <button
          type="button"
          className={styles.choice}
          data-testid="remove-message"
          onClick={() => void act('message.remove', { messageId })}
        >
          {t('chat.remove')}
        </button>
        {!own && (
          <button
            type="button"
            className={styles.choice}
            data-testid="mute"
            onClick={() => void act('chat.mute', { participantId, muted: !muted })}
          >
            {t(muted ? 'chat.unmute' : 'chat.mute', { name })}
          </button>
        )}
      </div>
    </details>
  );
}
