import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cue } from '#protocol/caption.ts';
import { type Edited, shiftCues } from './cue-edit.ts';
import styles from './Editor.module.css';

interface Props {
  cues: readonly Cue[];
  at: number;
  onEdit: (edited: Edited | null) => void;
}

/** Moves all cues, or those from the chosen one on, when a file's times do not fit the recording. */
export function ShiftRow({ cues, at, onEdit }: Props) {
  const { t } = useTranslation();
  const [seconds, setSeconds] = useState('0.5');
  const [onlyAfter, setOnlyAfter] = useState(false);
  const ms = Math.round(Number(seconds) * 1000);
  const from = onlyAfter ? Math.max(0, at) : 0;
  const move = (sign: 1 | -1) => {
    const edited = Number.isFinite(ms) ? shiftCues(cues, from, sign * ms) : null;
    // Who was worked on is worked on still.
    onEdit(edited && { ...edited, at });
  };
  return (
    <div className={styles.shift}>
      <select
        className={styles.select}
        aria-label={t('captions.editor.shiftWhich')}
        value={onlyAfter ? 'after' : 'all'}
        onChange={({ target }) => setOnlyAfter(target.value === 'after')}
      >
        <option value="all">{t('captions.editor.shiftAll')}</option>
        <option value="after">{t('captions.editor.shiftAfter')}</option>
      </select>
      <button type="button" className={styles.nudge} onClick={() => move(-1)}>
        {t('captions.editor.shiftEarlier')}
      </button>
      <label className={styles.label}>
        <input
          type="number"
          className={styles.seconds}
          min={0}
          step={0.1}
          aria-label={t('captions.editor.shiftSeconds')}
          data-testid="shift-seconds"
          value={seconds}
          onChange={({ target }) => setSeconds(target.value)}
        />
        {t('captions.editor.seconds')}
      </label>
      <button type="button" className={styles.nudge} data-testid="shift-later" onClick={() => move(1)}>
        {t('captions.editor.shiftLater')}
      </button>
    </div>
  );
}
