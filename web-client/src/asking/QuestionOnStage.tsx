import { useTranslation } from 'react-i18next';
import { type AskedQuestion, answerKey, currentQuestion } from '#protocol/asking.ts';
import type { LiveState } from '#protocol/live-state.ts';
import { may } from '#protocol/permission.ts';
import type { Participant } from '#protocol/timeline.ts';
import type { Act } from '../steering/use-act.ts';
import { join } from '../ui/class-names.ts';
import { SharedText } from '../ui/SharedText.tsx';
import { AnswerInput } from './answer/AnswerInput.tsx';
import styles from './QuestionOnStage.module.css';
import { ResultChart } from './ResultChart.tsx';
import { roomOf } from './room-of.ts';
import { letterOf } from './use-answer-word.ts';

interface Props {
  live: LiveState;
  me: Participant | null;
  act: Act;
}

/** Longer questions than this, in half-wide letters, are set smaller, so that their options stay on the screen. */
const LONG = 80;
const widthOf = (text: string): number =>
  [...text].reduce((sum, one) => sum + (/\p{Script=Han}/u.test(one) ? 2 : 1), 0);

/** The question of now on a room's big screen, below the picture: answered by touch, remote control or keyboard. */
export function QuestionOnStage({ live, me, act }: Props) {
  const { t } = useTranslation();
  const asked = currentQuestion(live.asking);
  if (!asked || !me) return null;
  const { question, questionId, shown, closedAt } = asked;
  const own = roomOf(me);
  const mine = asked.answers.get(answerKey(own, null))?.value ?? null;
  const answers =
    closedAt === null && question.by !== 'child' && question.kind !== 'photo' && may(me.role, 'class.answer');
  return (
    <section className={styles.question} data-testid="question-on-stage" aria-label={t('asking.title')}>
      {question.text && (
        <p className={join(styles.text, widthOf(question.text) > LONG && styles.long)}>
          <SharedText text={question.text} lines />
        </p>
      )}
      {shown ? (
        <>
          <p className={styles.hint}>
            {t('asking.stage.results')} · {t('asking.stage.resultsOf', { count: shown.answered })}
          </p>
          {question.kind !== 'photo' && <ResultChart asked={asked} results={shown} mine={mine} stage />}
        </>
      ) : (
        <>
          <Hint asked={asked} own={own} answers={answers} />
          {answers && (
            <AnswerInput
              key={questionId}
              question={question}
              value={mine}
              keys
              stage
              onAnswer={(value) => void act('answer.give', { questionId, child: null, value })}
            />
          )}
          {!answers && <Options asked={asked} />}
        </>
      )}
    </section>
  );
}

/** What the room has to do now. */
function Hint({ asked, own, answers }: { asked: AskedQuestion; own: string; answers: boolean }) {
  const { t } = useTranslation();
  const { question } = asked;
  const given = [...asked.answers.values()].filter(({ participantId }) => participantId === own).length;
  if (answers && given > 0)
    return (
      <p className={join(styles.hint, styles.done)} role="status" data-testid="answered">
        {t('asking.stage.answered')}
      </p>
    );
  if (question.by === 'child' && given > 0)
    return <p className={join(styles.hint, styles.done)}>{t('asking.stage.answeredBy', { count: given })}</p>;
  const word =
    question.by === 'child'
      ? 'asking.stage.child'
      : question.by === 'hands'
        ? 'asking.stage.hands'
        : HINTS[question.kind === 'choice' && question.several ? 'several' : question.kind];
  return <p className={styles.hint}>{t(word)}</p>;
}

const HINTS = {
  choice: 'asking.stage.choose',
  several: 'asking.stage.chooseSeveral',
  trueFalse: 'asking.stage.choose',
  number: 'asking.stage.number',
  shortText: 'asking.stage.write',
  photo: 'asking.stage.photo',
} as const;

/** The options to read, where they are not to be pressed. */
function Options({ asked: { question } }: { asked: AskedQuestion }) {
  if (question.kind !== 'choice' || question.options.every((text) => text === '')) return null;
  return (
    <ol className={styles.options}>
      {question.options.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an option is its place.
        <li key={index}>
          <strong>{letterOf(index)}</strong> <SharedText text={text} />
        </li>
      ))}
    </ol>
  );
}
