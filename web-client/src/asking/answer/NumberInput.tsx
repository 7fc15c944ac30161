import { IconBackspace } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { measure } from '../../theme/tokens.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './Answer.module.css';
import type { AnswerInputProps } from './AnswerInput.tsx';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];
const MAX_DIGITS = 12;
const WHOLE = /^-?(\d+\.?\d*|\.\d+)$/;

/** A number by touch on a screen that has no keyboard, or typed. */
export function NumberInput({ value, onAnswer }: AnswerInputProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value?.kind === 'number' ? String(value.value) : '');
  const take = (next: string) => {
    if (/^-?\d*\.?\d*$/.test(next) && next.length <= MAX_DIGITS) setTyped(next);
  };
  const submit = () => {
    if (WHOLE.test(typed)) onAnswer({ kind: 'number', value: Number(typed) });
  };
  return (
    <form
      className={styles.number}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className={styles.typedRow}>
        <input
          className={styles.typed}
          inputMode="none"
          autoComplete="off"
          aria-label={t('asking.stage.number')}
          data-testid="number-answer"
          value={typed}
          onChange={(event) => take(event.target.value.trim())}
        />
        <button
          type="button"
          className={styles.key}
          aria-label={t('asking.stage.clear')}
          onClick={() => setTyped(typed.slice(0, -1))}
        >
          <IconBackspace size={measure.iconLarge} aria-hidden="true" />
        </button>
        <Button
          kind="primary"
          type="submit"
          className={styles.submit}
          disabled={!WHOLE.test(typed)}
          data-testid="submit-answer"
        >
          {t('asking.stage.submit')}
        </Button>
      </div>
      <div className={styles.keys}>
        {DIGITS.map((digit) => (
          <button key={digit} type="button" className={styles.key} onClick={() => take(typed + digit)}>
            {digit}
          </button>
        ))}
        <button
          type="button"
          className={styles.key}
          aria-label={t('asking.stage.point')}
          onClick={() => take(`${typed}.`)}
        >
          .
        </button>
        <button
          type="button"
          className={styles.key}
          aria-label={t('asking.stage.minus')}
          onClick={() => take(typed.startsWith('-') ? typed.slice(1) : `-${typed}`)}
        >
          −
        </button>
      </div>
    </form>
  );
}
