import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Lesson } from '#protocol/domain.ts';
import { rosterQuery } from '../api/queries.ts';
import { AnswerSheet } from '../asking/AnswerSheet.tsx';
import { ChatSheet } from '../chat/ChatSheet.tsx';
import { LessonGate } from '../classroom/LessonGate.tsx';
import { RecordingMark } from '../classroom/RecordingMark.tsx';
import { useClock } from '../classroom/use-clock.ts';
import type { PageErrorCode } from '../i18n/errors.ts';
import type { LessonSession, LessonSnapshot } from '../lesson/session.ts';
import { WaitingRoom } from '../remote/WaitingRoom.tsx';
import { TimerView } from '../steering/TimerView.tsx';
import { useAct } from '../steering/use-act.ts';
import { useCallSentence } from '../steering/use-call-sentence.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { topicOf } from '../ui/topic-of.ts';
import styles from './AssistantPage.module.css';
import { HandPad } from './HandPad.tsx';
import { PhotoPad } from './PhotoPad.tsx';
import { RemarkPad } from './RemarkPad.tsx';
import { RollPad } from './RollPad.tsx';

/**
 * The phone in the assistant teacher's hand. The room's big screen shows and sounds the lesson, so this page
 * receives neither: on the village's line that would cost the room its picture.
 */
export function AssistantPage({ lesson }: { lesson: Lesson }) {
  if (lesson.state === 'scheduled') return <WaitingRoom lesson={lesson} sends={false} />;
  return (
    <LessonGate lesson={lesson} watches={false}>
      {(session, snapshot) => <Desk lesson={lesson} session={session} snapshot={snapshot} />}
    </LessonGate>
  );
}

interface Props {
  lesson: Lesson;
  session: LessonSession;
  snapshot: LessonSnapshot;
}

function Desk({ lesson, session, snapshot }: Props) {
  const { t } = useTranslation();
  const now = useClock(snapshot.clockOffsetMs);
  const [error, setError] = useState<PageErrorCode | null>(null);
  const act = useAct(session, setError);
  const { live, me, phase } = snapshot;
  const roomId = me?.helpsParticipantId ?? null;
  const { data: roster = [] } = useQuery(rosterQuery(lesson.lessonId));
  const children = roster.find(({ participantId }) => participantId === roomId)?.children ?? [];
  const names = children.map(({ name }) => name);
  const room = lesson.remoteClassrooms.find(({ accountId }) => accountId === lesson.helpsAccountId);
  const calling = useCallSentence(live, roomId);
  return (
    <div className={styles.page} data-theme="stage" data-testid="assistant">
      <header className={styles.head}>
        <div>
          <h1 className={styles.room}>{room?.name ?? t('steering.assistant.title')}</h1>
          <p className={styles.lesson}>
            {lesson.subject} · {topicOf(lesson)}
          </p>
        </div>
        <div className={styles.marks}>
          <RecordingMark live={live} now={now} />
          <TimerView live={live} now={now} />
        </div>
      </header>
      {phase === 'reconnecting' && <p className={styles.warn}>{t('stage.reconnectingQuietly')}</p>}
      {live.steering.paused && <p className={styles.warn}>{t('steering.pausedTitle')}</p>}
      {live.state !== 'live' && <p className={styles.quiet}>{t('steering.assistant.notLive')}</p>}
      {calling && (
        <p className={styles.calling} role="status" data-testid="call-sentence">
          {calling}
        </p>
      )}
      {error && (
        <div className={styles.error}>
          <ErrorNote code={error} />
        </div>
      )}
      {!me || roomId === null ? (
        <p className={styles.warn}>{t('steering.assistant.noRoom')}</p>
      ) : (
        <>
          <AnswerSheet live={live} me={me} act={act} onError={setError} />
          <HandPad live={live} roomId={roomId} names={names} act={act} />
          <RemarkPad act={act} />
          <PhotoPad
            lessonId={lesson.lessonId}
            allowed={live.steering.switches.file && !live.steering.paused}
            onError={setError}
          />
          <ChatSheet live={live} me={me} now={now} act={act} />
          <RollPad live={live} roomId={roomId} names={names} act={act} />
        </>
      )}
    </div>
  );
}
