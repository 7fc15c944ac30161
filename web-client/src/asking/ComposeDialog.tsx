import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_OPTIONS, MIN_OPTIONS, type RightAnswer } from '#protocol/asking.ts';
import type { Act } from '../steering/use-act.ts';
import { measure } from '../theme/tokens.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import styles from './Asking.module.css';
import { letterOf } from './use-answer-word.ts';

/** A choice question with its options written out, and which of them are right. */
export function ComposeDialog({ act, onClose }: { act: Act; onClose: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [options, setOptions] = useState<readonly string[]>(['', '', '', '']);
  const [right, setRight] = useState<readonly number[]>([]);
  const [by, setBy] = useState<'room' | 'child' | 'hands'>('room');
  const [several, setSeveral] = useState(false);
  const written = options.filter((option) => option.trim() !== '').length;
  const pose = async () => {
    const known = options.map((option, index) => ({ option: option.trim(), right: right.includes(index) }));
    const kept = known.filter(({ option }) => option !== '');
    const picks = kept.flatMap((one, index) => (one.right ? [index] : []));
    const answer: RightAnswer | null = picks.length > 0 ? { kind: 'choice', picks } : null;
    const question = {
      kind: 'choice',
      text,
      options: kept.map(({ option }) => option),
      several,
      by,
    } as const;
    if (await act('question.pose', { question, right: answer })) onClose();
  };
  return (
    <Dialog
      title={t('asking.composeTitle')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            kind="primary"
            disabled={written < MIN_OPTIONS}
            data-testid="compose-pose"
            onClick={() => void pose()}
          >
            {t('asking.pose')}
          </Button>
        </>
      }
    >
      <div className={styles.menu}>
        <label className={styles.field}>
          <span className={styles.label}>{t('asking.text')}</span>
          <textarea
            className={styles.input}
            rows={2}
            maxLength={300}
            data-testid="compose-text"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <p className={styles.label}>{t('asking.right')}</p>
        <ul className={styles.earlier}>
          {options.map((option, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: an option is its place.
            <li key={index} className={styles.kept}>
              <button
                type="button"
                className={styles.mark}
                aria-pressed={right.includes(index)}
                aria-label={t('asking.markRight', { answer: letterOf(index) })}
                data-testid={`compose-right-${index}`}
                onClick={() =>
                  setRight(right.includes(index) ? right.filter((at) => at !== index) : [...right, index])
                }
              >
                {right.includes(index) ? (
                  <IconCheck size={measure.icon} aria-hidden="true" />
                ) : (
                  letterOf(index)
                )}
              </button>
              <input
                className={styles.input}
                maxLength={80}
                placeholder={t('asking.option', { letter: letterOf(index) })}
                aria-label={t('asking.option', { letter: letterOf(index) })}
                data-testid={`compose-option-${index}`}
                value={option}
                onChange={(event) =>
                  setOptions(options.map((old, at) => (at === index ? event.target.value : old)))
                }
              />
            </li>
          ))}
        </ul>
        <div className={styles.split}>
          {options.length < MAX_OPTIONS && (
            <Button onClick={() => setOptions([...options, ''])}>{t('asking.more')}</Button>
          )}
          <Button
            aria-pressed={several}
            kind={several ? 'primary' : 'quiet'}
            onClick={() => setSeveral(!several)}
          >
            {t('asking.several')}
          </Button>
        </div>
        <fieldset className={styles.segments}>
          <legend className={styles.label}>{t('asking.byTitle')}</legend>
          {(['room', 'child', 'hands'] as const).map((who) => (
            <button
              key={who}
              type="button"
              className={styles.segment}
              aria-pressed={by === who}
              onClick={() => setBy(who)}
            >
              {t(`asking.by.${who}`)}
            </button>
          ))}
        </fieldset>
      </div>
    </Dialog>
  );
}
