import { useTranslation } from 'react-i18next';
import { ChatMode, type ChatRules } from '#protocol/chat.ts';
import type { LiveState } from '#protocol/live-state.ts';
import type { Act } from '../steering/use-act.ts';
import styles from './Chat.module.css';

const SLOW_SECONDS = [0, 10, 30, 60];

/** How the rooms may write: at once, after approval, not at all; how often; and whether the big screens show it. */
export function RulesBar({ live, act }: { live: LiveState; act: Act }) {
  const { t } = useTranslation();
  const { mode, slowSeconds, onScreen, muted } = live.chat;
  const rule = (rules: Partial<ChatRules>) => void act('chat.rule', rules);
  return (
    <details className={styles.rules} data-testid="chat-rules">
      <summary>{t(`chat.modeNow.${mode}`)}</summary>
      <fieldset className={styles.choices}>
        <legend className={styles.label}>{t('chat.rules')}</legend>
        {ChatMode.options.map((option) => (
          <button
            key={option}
            type="button"
            className={styles.choice}
            aria-pressed={mode === option}
            data-testid={`chat-mode-${option}`}
            onClick={() => rule({ mode: option })}
          >
            {t(`chat.mode.${option}`)}
          </button>
        ))}
      </fieldset>
      <fieldset className={styles.choices}>
        <legend className={styles.label}>{t('chat.slow')}</legend>
        {SLOW_SECONDS.map((seconds) => (
          <button
            key={seconds}
            type="button"
            className={styles.choice}
            aria-pressed={slowSeconds === seconds}
            data-testid={`chat-slow-${seconds}`}
            onClick={() => rule({ slowSeconds: seconds })}
          >
            {seconds === 0 ? t('chat.slowNone') : t('chat.slowSeconds', { seconds })}
          </button>
        ))}
      </fieldset>
      <button
        type="button"
        role="switch"
        aria-checked={onScreen}
        className={styles.switch}
        data-testid="chat-on-screen"
        onClick={() => rule({ onScreen: !onScreen })}
      >
        <span>{t('chat.onScreen')}</span>
        <strong>{t(onScreen ? 'steering.on' : 'steering.off')}</strong>
      </button>
      {[...muted].map(([participantId, name]) => (
        <button
          key={participantId}
          type="button"
          className={styles.choice}
          onClick={() => void act('chat.mute', { participantId, muted: false })}
        >
          {t('chat.unmute', { name })}
        </button>
      ))}
    </details>
  );
}
