import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AnswerValue, answerKey, currentQuestion } from '#protocol/asking.ts';
import type { LiveState } from '#protocol/live-state.ts';
import type { Participant } from '#protocol/timeline.ts';
import { rosterQuery } from '../api/queries.ts';
import { PhotoButton } from '../board/files/PhotoButton.tsx';
import type { PageErrorCode } from '../i18n/errors.ts';
import type { Act } from '../steering/use-act.ts';
import { Button } from '../ui/Button.tsx';
import { SharedText } from '../ui/SharedText.tsx';
import styles from './AnswerSheet.module.css';
import { AnswerInput } from './answer/AnswerInput.tsx';
import { ChildPicker } from './ChildPicker.tsx';
import { ResultChart } from './ResultChart.tsx';
import { roomOf } from './room-of.ts';

interface Props {
  live: LiveState;
  me: Participant;
  act: Act;
  onError: (code: PageErrorCode | null) => void;
}

/** Answering on a phone or a shared tablet: for the room, child by child, or hands counted. */
export function AnswerSheet({ live, me, act, onError }: Props) {
  const { t } = useTranslation();
  const asked = currentQuestion(live.asking);
  const [child, setChild] = useState<{ questionId: string; name: string } | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const { data: roster = [] } = useQuery(rosterQuery(live.lessonId));
  if (!asked) return null;
  const { question, questionId, closedAt, shown, answers } = asked;
  const own = roomOf(me);
  const byChild = question.by === 'child';
  const name = child?.questionId === questionId ? child.name : null;
  const mine = (who: string | null) => answers.get(answerKey(own, who))?.value ?? null;
  const give = async (value: AnswerValue) => {
    if (!(await act('answer.give', { questionId, child: byChild ? name : null, value }))) return;
    setDone(name);
    setChild(null);
  };
  return (
    <section className={styles.sheet} data-testid="answer-sheet" aria-label={t('asking.sheet.title')}>
      {question.text && (
        <p className={styles.text}>
          <SharedText text={question.text} lines />
        </p>
      )}
      {shown && question.kind !== 'photo' && (
        <ResultChart asked={asked} results={shown} mine={byChild ? null : mine(null)} />
      )}
      {closedAt === null && byChild && !name && (
        <>
          {done && (
            <p className={styles.done} role="status">
              <SharedText text={done} /> {t('asking.sheet.done')}
            </p>
          )}
          <ChildPicker
            names={roster.find((entry) => entry.participantId === own)?.children.map((one) => one.name) ?? []}
            answered={[...answers.values()].flatMap((answer) =>
              answer.participantId === own && answer.child ? [answer.child] : [],
            )}
            onPick={(picked) => {
              setDone(null);
              setChild({ questionId, name: picked });
            }}
          />
        </>
      )}
      {closedAt === null && (!byChild || name) && (
        <>
          <p className={styles.who}>
            {name
              ? t('asking.sheet.answering', { name })
              : t(question.by === 'hands' ? 'asking.stage.hands' : 'asking.sheet.answerFor')}
          </p>
          {question.kind === 'photo' ? (
            <PhotoButton
              lessonId={live.lessonId}
              disabled={!live.steering.switches.file}
              onSent={({ documentId }) => void give({ kind: 'photo', documentId })}
              onError={onError}
            />
          ) : (
            <AnswerInput
              key={`${questionId} ${name}`}
              question={question}
              value={mine(byChild ? name : null)}
              onAnswer={(value) => void give(value)}
            />
          )}
          {!byChild && mine(null) && <p className={styles.done}>{t('asking.stage.answered')}</p>}
          {name && <Button onClick={() => setChild(null)}>{t('asking.sheet.nextChild')}</Button>}
        </>
      )}
    </section>
  );
}
