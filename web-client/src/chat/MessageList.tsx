import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { join } from '../ui/class-names.ts';
import { SharedText } from '../ui/SharedText.tsx';
import { clockTime } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './Chat.module.css';
import type { ChatLine } from './chat-lines.ts';

interface Props {
  lines: readonly ChatLine[];
  ownId: string | null;
  empty: string;
  /** What one can do with a line. */
  actions?: (line: ChatLine) => ReactNode;
}

/** Nearer to the end than this one is reading along, and the list follows. */
const NEAR_THE_END = 80;

/** Lines in order of time; it follows the newest unless somebody has scrolled back to read. */
export function MessageList({ lines, ownId, empty, actions }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const list = useRef<HTMLUListElement>(null);
  const last = lines.at(-1)?.messageId;
  const follows = useRef(true);
  useEffect(() => {
    if (last && follows.current) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [last]);
  if (lines.length === 0) return <p className={styles.empty}>{empty}</p>;
  return (
    <ul
      ref={list}
      className={styles.list}
      data-testid="messages"
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        follows.current = scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
      }}
    >
      {lines.map((line) => {
        const { messageId, from, child, text, at, answered, waits, byWord } = line;
        const own = from.participantId === ownId;
        return (
          <li key={messageId} className={join(styles.line, own && styles.own, waits && styles.waits)}>
            <p className={styles.who}>
              <SharedText
                text={
                  own && !child
                    ? t('chat.me')
                    : child
                      ? t('chat.child', { room: from.name, child })
                      : from.name
                }
              />
              <time>{clockTime(at, language)}</time>
            </p>
            {text === null ? (
              <p className={styles.removed}>{t('chat.removed')}</p>
            ) : (
              <p className={styles.text}>
                <SharedText text={text} lines />
              </p>
            )}
            {answered && <p className={styles.answered}>{t('chat.answered')}</p>}
            {waits && own && <p className={styles.note}>{t('chat.waits')}</p>}
            {waits && !own && byWord && <p className={styles.note}>{t('chat.becauseWord')}</p>}
            {actions?.(line)}
          </li>
        );
      })}
    </ul>
  );
}
