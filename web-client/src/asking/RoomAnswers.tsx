import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Answer, AskedQuestion } from '#protocol/asking.ts';
import type { LiveState } from '#protocol/live-state.ts';
import { isRight } from '#protocol/results.ts';
import { rosterQuery } from '../api/queries.ts';
import { join } from '../ui/class-names.ts';
import { SharedText } from '../ui/SharedText.tsx';
import styles from './Asking.module.css';
import { useAnswerWord } from './use-answer-word.ts';

/** Who has answered what, room by room, and who has not yet. */
export function RoomAnswers({ asked, live }: { asked: AskedQuestion; live: LiveState }) {
  const { t } = useTranslation();
  const byChild = asked.question.by === 'child';
  const { data: roster = [] } = useQuery({ ...rosterQuery(live.lessonId), enabled: byChild });
  const answers = [...asked.answers.values()];
  const rooms = [...live.participants.values()].filter(({ role }) => role === 'remote');
  if (rooms.length === 0) return <p className={styles.note}>{t('asking.nobody')}</p>;
  return (
    <section>
      <h3 className={styles.label}>{t('asking.rooms')}</h3>
      <ul className={styles.rooms}>
        {rooms.map(({ participantId, name }) => {
          const own = answers.filter((answer) => answer.participantId === participantId);
          const list = roster.find((entry) => entry.participantId === participantId)?.children ?? [];
          return (
            <li key={participantId} data-testid={`answers-${participantId}`}>
              <span className={styles.roomName}>{name}</span>
              {byChild ? (
                <ChildAnswers asked={asked} answers={own} names={list.map((child) => child.name)} />
              ) : (
                <OneAnswer asked={asked} answer={own[0]} />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function OneAnswer({ asked, answer }: { asked: AskedQuestion; answer: Answer | undefined }) {
  const { t } = useTranslation();
  const word = useAnswerWord();
  if (!answer) return <span className={styles.waiting}>{t('asking.waiting')}</span>;
  const right = isRight(answer.value, asked.right);
  return (
    <strong className={join(right === true && styles.good)}>
      <SharedText text={word(answer.value)} />
    </strong>
  );
}

interface ChildAnswersProps {
  asked: AskedQuestion;
  answers: readonly Answer[];
  /** The class list, as far as it is known. */
  names: readonly string[];
}

function ChildAnswers({ asked, answers, names }: ChildAnswersProps) {
  const { t } = useTranslation();
  const word = useAnswerWord();
  const missing = names.filter((name) => !answers.some(({ child }) => child === name));
  return (
    <details className={styles.children}>
      <summary>
        {names.length > 0
          ? t('asking.roomOf', { answered: answers.length, total: Math.max(names.length, answers.length) })
          : t('asking.roomSome', { answered: answers.length })}
      </summary>
      <ul>
        {answers.map(({ child, value }) => (
          <li key={child}>
            <SharedText text={child ?? ''} />
            <strong className={join(isRight(value, asked.right) === true && styles.good)}>
              <SharedText text={word(value)} />
            </strong>
          </li>
        ))}
        {missing.map((name) => (
          <li key={name} className={styles.waiting}>
            <span>{name}</span>
            <span>{t('asking.waiting')}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
