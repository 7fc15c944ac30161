import { useTranslation } from 'react-i18next';
import type { AskedQuestion } from '#protocol/asking.ts';
import { resultsOf } from '#protocol/results.ts';
import { ResultChart } from '../../asking/ResultChart.tsx';
import { letterOf } from '../../asking/use-answer-word.ts';
import { SharedText } from '../../ui/SharedText.tsx';
import { duration } from '../../ui/time.ts';
import type { PanelProps } from './panel-props.ts';
import styles from './ReplayPanel.module.css';

/** The questions up to this moment, the newest first, with what was answered as far as the class saw it. */
export function QuestionsPanel({ history, timeMs, placeOf, onSeek }: PanelProps) {
  const { t } = useTranslation();
  const { questions } = history.askingAt(timeMs);
  return (
    <ol className={styles.lines} data-testid="replay-questions" aria-label={t('replay.tabs.questions')}>
      {questions.length === 0 && <li className={styles.hint}>{t('replay.questionsEmpty')}</li>}
      {questions
        .map((asked, index) => (
          <li key={asked.questionId} className={styles.line}>
            <p className={styles.who}>
              <strong>{t('replay.chapter.questionOnly', { number: index + 1 })}</strong>
              {asked.closedAt === null && <span className={styles.badge}>{t('asking.open')}</span>}
              <button type="button" className={styles.when} onClick={() => onSeek(asked.posedAt)}>
                {duration(placeOf(asked.posedAt) ?? asked.posedAt)}
              </button>
            </p>
            {asked.question.text && (
              <p>
                <SharedText text={asked.question.text} lines />
              </p>
            )}
            <Outcome asked={asked} />
          </li>
        ))
        .toReversed()}
    </ol>
  );
}

/** What the class was shown; for who may read every answer, what has come so far. */
function Outcome({ asked }: { asked: AskedQuestion }) {
  const { t } = useTranslation();
  const { question, shown, answers, right } = asked;
  const results =
    shown ?? (answers.size > 0 ? { ...resultsOf(asked, answers.values()), right: right ?? null } : null);
  if (results && question.kind !== 'photo')
    return (
      <>
        <p className={styles.hint}>{t('asking.answered', { count: results.answered })}</p>
        <ResultChart asked={asked} results={results} />
      </>
    );
  if (question.kind !== 'choice') return null;
  return (
    <ul className={styles.options}>
      {question.options.map((option, index) => (
        <li key={letterOf(index)}>
          <strong>{letterOf(index)}</strong> <SharedText text={option} />
        </li>
      ))}
    </ul>
  );
}
