import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { SharedText } from '../../ui/SharedText.tsx';
import { duration } from '../../ui/time.ts';
import type { PanelProps } from './panel-props.ts';
import styles from './ReplayPanel.module.css';

/** Nearer to the end than this one is reading along, and the list follows. */
const NEAR_THE_END = 80;

/** The chat as it was at this moment. What was recalled later is not told again. */
export function TalkPanel({ history, timeMs, placeOf, onSeek }: PanelProps) {
  const { t } = useTranslation();
  const { messages } = history.chatAt(timeMs);
  const list = useRef<HTMLOListElement>(null);
  const follows = useRef(true);
  const last = messages.at(-1)?.messageId;
  useEffect(() => {
    const scroller = list.current?.closest('[role=tabpanel]');
    if (last && follows.current) scroller?.scrollTo({ top: scroller.scrollHeight });
  }, [last]);
  useEffect(() => {
    const scroller = list.current?.closest('[role=tabpanel]');
    if (!scroller) return;
    const onScroll = () => {
      follows.current = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_THE_END;
    };
    scroller.addEventListener('scroll', onScroll);
    return () => scroller.removeEventListener('scroll', onScroll);
  }, []);
  return (
    <ol ref={list} className={styles.lines} data-testid="replay-talk" aria-label={t('replay.tabs.talk')}>
      {messages.length === 0 && <li className={styles.hint}>{t('replay.talkEmpty')}</li>}
      {messages.map(({ messageId, from, child, text, at, channel, answered }) => (
        <li key={messageId} className={styles.line}>
          <p className={styles.who}>
            <SharedText text={child ? t('chat.child', { room: from.name, child }) : from.name} />
            {channel === 'questions' && (
              <span className={styles.badge}>{t(answered ? 'chat.answered' : 'chat.channel.questions')}</span>
            )}
            <button type="button" className={styles.when} onClick={() => onSeek(at)}>
              {duration(placeOf(at) ?? at)}
            </button>
          </p>
          {text === null ? (
            <p className={styles.hint}>{t('chat.removed')}</p>
          ) : (
            <p>
              <SharedText text={text} lines />
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}
