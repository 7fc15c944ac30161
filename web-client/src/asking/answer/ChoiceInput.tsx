import { IconCheck } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerValue } from '#protocol/asking.ts';
import { measure } from '../../theme/tokens.ts';
import { Button } from '../../ui/Button.tsx';
import { join } from '../../ui/class-names.ts';
import { SharedText } from '../../ui/SharedText.tsx';
import { letterOf, optionCount, optionOfKey } from '../use-answer-word.ts';
import styles from './Answer.module.css';
import type { AnswerInputProps } from './AnswerInput.tsx';

/** Options to press: one answers at once, of several one presses “submit”. */
export function ChoiceInput({ question, value, onAnswer, keys = false }: AnswerInputProps) {
  const { t } = useTranslation();
  const count = optionCount(question);
  const several = question.kind === 'choice' && question.several;
  const [picked, setPicked] = useState<readonly number[] | null>(null);
  const chosen = picked ?? picksOf(value);
  const submit = (picks: readonly number[]) => {
    if (picks.length === 0) return;
    setPicked(null);
    onAnswer(answerOf(question.kind === 'trueFalse', picks));
  };
  const press = (index: number) => {
    if (!several) submit([index]);
    else setPicked(chosen.includes(index) ? chosen.filter((pick) => pick !== index) : [...chosen, index]);
  };
  const onKey = useRef<(event: KeyboardEvent) => void>(() => {});
  onKey.current = (event) => {
    if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const index = optionOfKey(event.key, count);
    if (index !== null) press(index);
    else if (event.key === 'Enter' && picked && !(event.target instanceof HTMLButtonElement)) submit(picked);
  };
  useEffect(() => {
    if (!keys) return;
    const listen = (event: KeyboardEvent) => onKey.current(event);
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [keys]);
  const texts = question.kind === 'choice' ? question.options : [t('asking.yes'), t('asking.no')];
  const bare = texts.every((text) => text === '');
  return (
    <div className={styles.choice}>
      <div className={join(styles.options, (bare || question.kind === 'trueFalse') && styles.bare)}>
        {texts.map((text, index) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: an option is its place.
            key={index}
            type="button"
            className={styles.option}
            aria-pressed={chosen.includes(index)}
            data-testid={`option-${index}`}
            onClick={() => press(index)}
          >
            {question.kind === 'choice' && <strong className={styles.letter}>{letterOf(index)}</strong>}
            {text && <SharedText text={text} className={styles.optionText} />}
            {chosen.includes(index) && <IconCheck size={measure.iconLarge} aria-hidden="true" />}
          </button>
        ))}
      </div>
      {several && (
        <Button
          kind="primary"
          className={styles.submit}
          disabled={!picked || picked.length === 0}
          data-testid="submit-answer"
          onClick={() => picked && submit(picked)}
        >
          {t('asking.stage.submit')}
        </Button>
      )}
    </div>
  );
}

function picksOf(value: AnswerValue | null): readonly number[] {
  if (value?.kind === 'choice') return value.picks;
  return value?.kind === 'trueFalse' ? [value.value ? 0 : 1] : [];
}

function answerOf(trueFalse: boolean, picks: readonly number[]): AnswerValue {
  if (trueFalse) return { kind: 'trueFalse', value: picks[0] === 0 };
  return { kind: 'choice', picks: picks.toSorted((a, b) => a - b) };
}
