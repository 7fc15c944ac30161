import { IconStarFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Highlight } from '#protocol/directing.ts';
import type { LiveState } from '#protocol/live-state.ts';
import type { Act } from '../steering/use-act.ts';
import { measure } from '../theme/tokens.ts';
import { Button } from '../ui/Button.tsx';
import { duration } from '../ui/time.ts';
import styles from './HighlightList.module.css';

interface Props {
  live: LiveState;
  act: Act;
}

/** Moments worth finding again, the newest on top; each can be named or taken back. */
export function HighlightList({ live, act }: Props) {
  const { t } = useTranslation();
  const { highlights } = live.directing;
  return (
    <section className={styles.list} aria-label={t('desk.highlights')}>
      <Button
        data-testid="highlight"
        disabled={!live.recording}
        onClick={() => void act('highlight.mark', { note: null })}
      >
        <IconStarFilled size={measure.icon} aria-hidden="true" /> {t('desk.highlight')} <kbd>M</kbd>
      </Button>
      {highlights.length === 0 && <p className={styles.hint}>{t('desk.noHighlights')}</p>}
      <ol className={styles.marks}>
        {highlights.toReversed().map((mark) => (
          <Mark key={mark.highlightId} mark={mark} act={act} />
        ))}
      </ol>
    </section>
  );
}

function Mark({ mark: { highlightId, atMs, note }, act }: { mark: Highlight; act: Act }) {
  const { t } = useTranslation();
  const time = duration(atMs);
  const save = (text: string) => {
    const next = text.trim() === '' ? null : text;
    if (next !== note) void act('highlight.note', { highlightId, note: next });
  };
  return (
    <li className={styles.mark} data-testid="highlight-mark">
      <span className={styles.time}>{time}</span>
      <input
        key={note}
        className={styles.note}
        defaultValue={note ?? ''}
        maxLength={60}
        placeholder={t('desk.note')}
        aria-label={`${t('desk.marked', { time })} · ${t('desk.note')}`}
        onBlur={({ target }) => save(target.value)}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Enter') currentTarget.blur();
        }}
      />
      <button
        type="button"
        className={styles.undo}
        aria-label={`${t('desk.undo')} · ${t('desk.marked', { time })}`}
        onClick={() => void act('highlight.remove', { highlightId })}
      >
        {t('desk.undo')}
      </button>
    </li>
  );
}
