import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_MESSAGE } from '#protocol/chat.ts';
import { Button } from '../ui/Button.tsx';
import styles from './Chat.module.css';

interface Props {
  placeholder: string;
  /** Seconds still to wait in slow mode. */
  waitSeconds?: number;
  /** Says whether it was sent: only then what was written is gone. */
  onSend: (text: string) => Promise<boolean>;
  /** What stands before the text: for whom, to whom. */
  children?: ReactNode;
}

/** Where one writes. Enter sends, Shift and Enter begin a line. */
export function Composer({ placeholder, waitSeconds = 0, onSend, children }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const idle = text.trim() === '' || busy || waitSeconds > 0;
  const send = async () => {
    if (idle) return;
    setBusy(true);
    if (await onSend(text)) setText('');
    setBusy(false);
  };
  const onKey = (event: KeyboardEvent) => {
    // While an input method is open its Enter chooses a character.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  };
  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {children}
      <div className={styles.writing}>
        <textarea
          className={styles.input}
          rows={2}
          maxLength={MAX_MESSAGE}
          placeholder={placeholder}
          aria-label={placeholder}
          data-testid="chat-text"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKey}
        />
        <Button kind="primary" type="submit" className={styles.send} disabled={idle} data-testid="chat-send">
          {t('chat.send')}
        </Button>
      </div>
      {waitSeconds > 0 && (
        <p className={styles.note} role="status">
          {t('chat.left', { seconds: waitSeconds })}
        </p>
      )}
    </form>
  );
}
