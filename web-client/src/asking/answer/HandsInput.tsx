import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_ANSWERS_OF_A_ROOM } from '#protocol/asking.ts';
import { measure } from '../../theme/tokens.ts';
import { Button } from '../../ui/Button.tsx';
import { SharedText } from '../../ui/SharedText.tsx';
import { letterOf, optionCount } from '../use-answer-word.ts';
import styles from './Answer.module.css';
import type { AnswerInputProps } from './AnswerInput.tsx';

/** Hands that are up for each option, counted by whoever stands in the room. */
export function HandsInput({ question, value, onAnswer }: AnswerInputProps) {
  const { t } = useTranslation();
  const known =
    value?.kind === 'hands' ? value.counts : Array.from({ length: optionCount(question) }, () => 0);
  const [counted, setCounted] = useState<readonly number[] | null>(null);
  const counts = counted ?? known;
  const set = (index: number, count: number) =>
    setCounted(
      counts.map((old, at) => (at === index ? Math.max(0, Math.min(MAX_ANSWERS_OF_A_ROOM, count)) : old)),
    );
  const wordOf = (index: number) =>
    question.kind === 'choice' ? letterOf(index) : t(index === 0 ? 'asking.yes' : 'asking.no');
  return (
    <div className={styles.hands}>
      <ul className={styles.options}>
        {counts.map((count, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an option is its place.
          <li key={index} className={styles.handsRow}>
            <span className={styles.handsWord}>
              <strong className={styles.letter}>{wordOf(index)}</strong>
              {question.kind === 'choice' && <SharedText text={question.options[index] ?? ''} />}
            </span>
            <button
              type="button"
              className={styles.key}
              aria-label={t('asking.sheet.fewerHands')}
              disabled={count === 0}
              onClick={() => set(index, count - 1)}
            >
              <IconMinus size={measure.iconLarge} aria-hidden="true" />
            </button>
            <input
              className={styles.handsCount}
              inputMode="numeric"
              aria-label={t('asking.sheet.handsFor', { answer: wordOf(index) })}
              data-testid={`hands-${index}`}
              value={count}
              onChange={(event) => set(index, Number(event.target.value.replace(/\D/g, '')) || 0)}
              onFocus={(event) => event.target.select()}
            />
            <button
              type="button"
              className={styles.key}
              aria-label={t('asking.sheet.moreHands')}
              data-testid={`hands-more-${index}`}
              onClick={() => set(index, count + 1)}
            >
              <IconPlus size={measure.iconLarge} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      <Button
        kind="primary"
        className={styles.submit}
        disabled={!counted}
        data-testid="submit-answer"
        onClick={() => {
          if (counted) onAnswer({ kind: 'hands', counts: [...counted] });
          setCounted(null);
        }}
      >
        {t('asking.sheet.sendHands')}
      </Button>
    </div>
  );
}
