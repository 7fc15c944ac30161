import { useTranslation } from 'react-i18next';
import type { AnswerValue, AskedQuestion } from '#protocol/asking.ts';
import type { LiveState } from '#protocol/live-state.ts';
import { isRightBar, resultsOf } from '#protocol/results.ts';
import type { Act } from '../steering/use-act.ts';
import { Button } from '../ui/Button.tsx';
import { join } from '../ui/class-names.ts';
import { SharedText } from '../ui/SharedText.tsx';
import styles from './Asking.module.css';
import { PhotoAnswers } from './PhotoAnswers.tsx';
import { ResultChart } from './ResultChart.tsx';
import { RoomAnswers } from './RoomAnswers.tsx';
import { SaveButton } from './SaveButton.tsx';

interface Props {
  asked: AskedQuestion;
  courseId: string;
  live: LiveState;
  act: Act;
  onNext: () => void;
}

/** One posed question as the teacher sees it: the answers as they come, and what to do with them. */
export function AskedView({ asked, courseId, live, act, onNext }: Props) {
  const { t } = useTranslation();
  const { questionId, question, closedAt, right } = asked;
  const open = closedAt === null;
  // Everything is counted here, whatever the pupils see.
  const results = { ...resultsOf(asked, asked.answers.values()), right };
  const mark = (value: AnswerValue) => {
    if (value.kind === 'photo' || value.kind === 'hands') return;
    const again = isRightBar({ value, count: 0 }, right);
    void act('question.key', { questionId, right: again ? null : value });
  };
  return (
    <section className={styles.asked} data-testid="asked">
      <p className={styles.askedHead}>
        <span className={join(styles.state, open && styles.openState)} role="status">
          {t(open ? 'asking.open' : 'asking.closed')}
        </span>
        <span data-testid="answered-count">
          {t(question.by === 'hands' ? 'asking.hands' : 'asking.answered', { count: results.answered })}
        </span>
      </p>
      <p className={styles.askedText}>
        {question.text ? <SharedText text={question.text} lines /> : t('asking.noText')}
      </p>
      {question.kind === 'photo' ? (
        <PhotoAnswers asked={asked} live={live} />
      ) : (
        <ResultChart asked={asked} results={results} onMark={mark} />
      )}
      {question.kind !== 'photo' && results.bars.length > 0 && (
        <p className={styles.note}>{t('asking.markHint')}</p>
      )}
      <div className={styles.actions}>
        {open && (
          <Button
            kind="primary"
            data-testid="close-question"
            onClick={() => void act('question.close', { questionId })}
          >
            {t('asking.close')}
          </Button>
        )}
        <Button
          kind={open || asked.shown ? 'quiet' : 'primary'}
          aria-pressed={asked.shown !== null}
          data-testid="show-results"
          onClick={() => void act(asked.shown ? 'results.hide' : 'results.show', { questionId })}
        >
          {t(asked.shown ? 'asking.hide' : 'asking.show')}
        </Button>
        <Button data-testid="next-question" onClick={onNext}>
          {t('asking.next')}
        </Button>
      </div>
      <SaveButton courseId={courseId} asked={asked} />
      <RoomAnswers asked={asked} live={live} />
    </section>
  );
}
