import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AnswerValue, AskedQuestion, Results } from '#protocol/asking.ts';
import { isRight, isRightBar } from '#protocol/results.ts';
import { join } from '../ui/class-names.ts';
import { SharedText } from '../ui/SharedText.tsx';
import styles from './ResultChart.module.css';
import { letterOf, useAnswerWord } from './use-answer-word.ts';

interface Props {
  asked: AskedQuestion;
  results: Results;
  /** One's own answer, to find it among all. */
  mine?: AnswerValue | null;
  /** Sized for a big screen. */
  stage?: boolean;
  /** A touch on an answer says that it is the right one. */
  onMark?: (value: AnswerValue) => void;
}

/** One bar for each answer; which are right is said by a tick and a word, not by colour alone. */
export function ResultChart({ asked, results, mine = null, stage = false, onMark }: Props) {
  const { t } = useTranslation();
  const word = useAnswerWord();
  const most = Math.max(1, ...results.bars.map(({ count }) => count));
  return (
    <ul className={join(styles.chart, stage && styles.stage)} data-testid="result-chart">
      {results.bars.map((bar) => {
        const { value, count } = bar;
        const right = isRightBar(bar, results.right);
        const own = mine !== null && isMine(value, mine);
        const line = (
          <>
            <span className={styles.label}>
              <BarLabel asked={asked} value={value} />
            </span>
            <span className={styles.marks}>
              {right && (
                <span className={styles.rightWord}>
                  <IconCheck aria-hidden="true" />
                  {t('asking.isRight')}
                </span>
              )}
              {own && <span className={styles.ownWord}>{t('asking.stage.our')}</span>}
            </span>
            <span className={styles.track}>
              <span className={styles.bar} style={{ inlineSize: `${(100 * count) / most}%` }} />
            </span>
            <span className={styles.count}>{count}</span>
          </>
        );
        const className = join(styles.row, right && styles.right);
        return (
          <li key={word(value)} data-testid={`result-${word(value)}`} data-count={count}>
            {onMark ? (
              <button
                type="button"
                className={className}
                aria-label={t('asking.markRight', { answer: word(value) })}
                aria-pressed={right}
                onClick={() => onMark(value)}
              >
                {line}
              </button>
            ) : (
              <div className={className}>{line}</div>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function BarLabel({ asked: { question }, value }: { asked: AskedQuestion; value: AnswerValue }) {
  const word = useAnswerWord();
  if (value.kind !== 'choice' || question.kind !== 'choice') return <SharedText text={word(value)} />;
  const [pick = 0] = value.picks;
  return (
    <>
      <strong className={styles.letter}>{letterOf(pick)}</strong>
      <SharedText text={question.options[pick] ?? ''} />
    </>
  );
}

function isMine(value: AnswerValue, mine: AnswerValue): boolean {
  if (value.kind === 'choice' && mine.kind === 'choice')
    return value.picks.every((pick) => mine.picks.includes(pick));
  return mine.kind !== 'hands' && mine.kind !== 'photo' && isRight(value, mine) === true;
}
