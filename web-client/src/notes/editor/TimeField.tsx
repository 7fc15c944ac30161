import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { momentOf, vttTime } from '#protocol/caption-file.ts';
import styles from './Editor.module.css';

const STEP_MS = 100;

interface Props {
  label: string;
  ms: number;
  onChange: (ms: number) => void;
  /** Takes the moment at which the player stands. */
  onNow: () => void;
  testId: string;
}

/** One end of a cue: typed, moved by a tenth of a second, or taken from the player. */
export function TimeField({ label, ms, onChange, onNow, testId }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const take = () => {
    const moment = typed === null ? null : momentOf(typed);
    if (moment !== null) onChange(moment);
    setTyped(null);
  };
  return (
    <div className={styles.time}>
      <label className={styles.label}>
        {label}
        <input
          className={styles.timeInput}
          data-testid={testId}
          value={typed ?? shortTime(ms)}
          aria-invalid={typed !== null && momentOf(typed) === null}
          onChange={({ target }) => setTyped(target.value)}
          onBlur={take}
          onKeyDown={({ key }) => key === 'Enter' && take()}
        />
      </label>
      <span className={styles.nudges}>
        <button
          type="button"
          className={styles.nudge}
          aria-label={t('captions.editor.earlier', { what: label })}
          onClick={() => onChange(ms - STEP_MS)}
        >
          −
        </button>
        <button
          type="button"
          className={styles.nudge}
          aria-label={t('captions.editor.later', { what: label })}
          onClick={() => onChange(ms + STEP_MS)}
        >
          +
        </button>
        <button
          type="button"
          className={styles.nudge}
          title={t('captions.editor.toNow', { what: label })}
          onClick={onNow}
        >
          {t('captions.editor.now')}
        </button>
      </span>
    </div>
  );
}

/** Without the hours that hardly any lesson has. */
export const shortTime = (ms: number): string => vttTime(ms).replace(/^00:/, '');
