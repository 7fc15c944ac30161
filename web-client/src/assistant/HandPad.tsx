import { IconHandStop } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveState } from '#protocol/live-state.ts';
import type { Act } from '../steering/use-act.ts';
import { measure } from '../theme/tokens.ts';
import styles from './AssistantPage.module.css';

interface Props {
  live: LiveState;
  roomId: string;
  names: readonly string[];
  act: Act;
}

/** Raises a hand for a child, by the class list or by any name or seat; a second touch takes it down. */
export function HandPad({ live, roomId, names, act }: Props) {
  const { t } = useTranslation();
  const [other, setOther] = useState('');
  const hands = live.steering.hands.filter(({ participantId }) => participantId === roomId);
  const handOf = (child: string | null) => hands.find((hand) => hand.child === child);
  const unlisted = hands.flatMap(({ child }) => (child !== null && !names.includes(child) ? [child] : []));
  const toggle = (child: string | null) => {
    const hand = handOf(child);
    return hand ? act('hand.lower', { handId: hand.handId }) : act('hand.raise', { child });
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const child = other.trim();
    if (child && (await act('hand.raise', { child }))) setOther('');
  };
  return (
    <section className={styles.card} aria-label={t('steering.assistant.raise')}>
      <h2 className={styles.title}>{t('steering.assistant.raise')}</h2>
      <button
        type="button"
        className={styles.wide}
        aria-pressed={handOf(null) !== undefined}
        data-testid="raise-hand"
        onClick={() => void toggle(null)}
      >
        <IconHandStop size={measure.iconLarge} aria-hidden="true" />
        {t(handOf(null) ? 'steering.assistant.up' : 'steering.assistant.raiseRoom')}
      </button>
      <p className={styles.quiet}>{t('steering.assistant.raiseChild')}</p>
      <div className={styles.chips}>
        {[...names, ...unlisted].map((name) => (
          <button
            key={name}
            type="button"
            className={styles.chip}
            aria-pressed={handOf(name) !== undefined}
            onClick={() => void toggle(name)}
          >
            {name}
          </button>
        ))}
      </div>
      <form className={styles.other} onSubmit={(event) => void submit(event)}>
        <input
          className={styles.input}
          value={other}
          maxLength={32}
          placeholder={t('steering.assistant.otherName')}
          aria-label={t('steering.assistant.otherName')}
          onChange={(event) => setOther(event.target.value)}
        />
        <button type="submit" className={styles.chip} disabled={other.trim() === ''}>
          {t('steering.hand')}
        </button>
      </form>
    </section>
  );
}
