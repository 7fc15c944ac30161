import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Lesson } from '#protocol/domain.ts';
import type { LiveState } from '#protocol/live-state.ts';
import type { Act } from '../steering/use-act.ts';
import { Button } from '../ui/Button.tsx';
import { SharedText } from '../ui/SharedText.tsx';
import { AskedView } from './AskedView.tsx';
import styles from './Asking.module.css';
import { AskMenu } from './AskMenu.tsx';
import { ComposeDialog } from './ComposeDialog.tsx';
import { QuestionLibrary } from './QuestionLibrary.tsx';

interface Props {
  lesson: Lesson;
  live: LiveState;
  act: Act;
}

/** The teacher's questions: pose one, see the answers come, show them, and on to the next. */
export function AskPanel({ lesson, live, act }: Props) {
  const { t } = useTranslation();
  const { questions } = live.asking;
  const last = questions.at(-1);
  /** The question that the teacher looks at; null: the menu. */
  const [chosen, setChosen] = useState<string | 'last' | null>(
    last?.closedAt === null || last?.shown ? 'last' : null,
  );
  const asked = chosen === 'last' ? last : questions.find(({ questionId }) => questionId === chosen);
  const [composing, setComposing] = useState(false);
  const actAndLook: Act = async (type, body) => {
    const done = await act(type, body);
    if (done && type === 'question.pose') setChosen('last');
    return done;
  };
  return (
    <div className={styles.panel} data-testid="ask-panel">
      {asked ? (
        <AskedView
          asked={asked}
          courseId={lesson.courseId}
          live={live}
          act={act}
          onNext={() => setChosen(null)}
        />
      ) : (
        <>
          <AskMenu act={actAndLook} />
          <Button data-testid="compose" onClick={() => setComposing(true)}>
            {t('asking.compose')}
          </Button>
          <QuestionLibrary courseId={lesson.courseId} act={actAndLook} />
        </>
      )}
      {composing && <ComposeDialog act={actAndLook} onClose={() => setComposing(false)} />}
      {!asked && questions.length > 0 && (
        <section>
          <h3 className={styles.label}>{t('asking.earlier')}</h3>
          <ul className={styles.earlier}>
            {questions.toReversed().map(({ questionId, question, closedAt, answers }) => (
              <li key={questionId}>
                <button type="button" className={styles.earlierOne} onClick={() => setChosen(questionId)}>
                  <SharedText text={question.text || t(`asking.kind.${question.kind}`)} />
                  <small>
                    {t(closedAt === null ? 'asking.open' : 'asking.closed')} ·{' '}
                    {t('asking.answered', { count: answers.size })}
                  </small>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
