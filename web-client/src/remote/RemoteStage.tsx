import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentQuestion } from '#protocol/asking.ts';
import type { Lesson } from '#protocol/domain.ts';
import { QuestionOnStage } from '../asking/place.tsx';
import { MainBoard } from '../board/place.tsx';
import { ChatTicker } from '../chat/ChatTicker.tsx';
import { SeatCheck } from '../check/SeatCheck.tsx';
import { cameraWord } from '../classroom/camera-word.ts';
import { EdgeNotes } from '../classroom/EdgeNotes.tsx';
import { own, roomSlots, shownPicture, teacherView } from '../classroom/lesson-view.ts';
import { PictureBox } from '../classroom/PictureBox.tsx';
import { Sounds } from '../classroom/Sounds.tsx';
import { startCamera, startMic } from '../classroom/use-auto-send.ts';
import { useClock } from '../classroom/use-clock.ts';
import type { PageErrorCode } from '../i18n/errors.ts';
import type { LessonSession, LessonSnapshot } from '../lesson/session.ts';
import { PauseVeil } from '../steering/PauseVeil.tsx';
import { TimerView } from '../steering/TimerView.tsx';
import { useAct } from '../steering/use-act.ts';
import { useCallSentence } from '../steering/use-call-sentence.ts';
import { join } from '../ui/class-names.ts';
import { topicOf } from '../ui/topic-of.ts';
import { CatchUpOffer } from './CatchUpOffer.tsx';
import { CatchUp } from './catch-up.tsx';
import { RemoteBar } from './RemoteBar.tsx';
import styles from './RemoteStage.module.css';
import { SecondScreen } from './SecondScreen.tsx';
import { StageTile } from './StageTile.tsx';
import { useSecondWindow } from './use-second-window.ts';

interface Props {
  lesson: Lesson;
  session: LessonSession;
  snapshot: LessonSnapshot;
  sends: boolean;
}

/**
 * The big screen: the board large with the teacher at its side, or the teacher large. Every place is
 * there from the plan, so nothing moves when somebody comes.
 */
export function RemoteStage({ lesson, session, snapshot, sends }: Props) {
  const { t } = useTranslation();
  const now = useClock(snapshot.clockOffsetMs);
  const { live, phase, media, me } = snapshot;
  const [error, setError] = useState<PageErrorCode | null>(null);
  const act = useAct(session, setError);
  const calling = useCallSentence(live, me?.participantId ?? null);
  const teacher = teacherView(snapshot);
  const { second, open, close } = useSecondWindow(t('steering.secondTitle', { name: lesson.title }));
  const toggleSecond = async () => {
    if (second) return close();
    setError((await open()) ? null : 'WINDOW_BLOCKED');
  };
  /** Where the room watches the recording of what it missed; null while it is in the lesson itself. */
  const [catchUpMs, setCatchUpMs] = useState<number | null>(null);
  const backToLive = useCallback(() => setCatchUpMs(null), []);
  const hold = phase === 'reconnecting' || media === 'recovering' || teacher.presence === 'away';
  const large = shownPicture(snapshot) ?? teacher.second ?? teacher.face;
  const beside = live.board.shown || large?.key !== teacher.face?.key;
  const ownCamera = snapshot.local.find(({ role }) => role === 'pupils');
  const rooms = roomSlots(lesson, snapshot).filter(({ accountId }) => accountId !== me?.accountId);
  return (
    <div className={styles.page} data-theme="stage">
      <main className={styles.main} data-testid="stage-main">
        <div className={join(styles.title, calling && styles.calling)}>
          {calling ? (
            <p className={styles.called} role="status" data-testid="call-sentence">
              {calling}
            </p>
          ) : (
            <h1 className={styles.lesson} title={lesson.title}>
              <span className={styles.subject}>{lesson.subject}</span> {topicOf(lesson)}
            </h1>
          )}
          {sends && live.state !== 'live' && <SeatCheck session={session} snapshot={snapshot} stage />}
          <TimerView live={live} now={now} />
        </div>
        <div className={join(styles.picture, live.board.shown && styles.board)}>
          {live.board.shown && <MainBoard session={session} snapshot={snapshot} />}
          {!live.board.shown && (
            <PictureBox
              picture={large}
              hold={hold}
              label={t('stage.classroomBig')}
              empty={
                <div className={styles.noPicture}>
                  <span className={styles.noPictureTitle}>{t('remote.noTeacher')}</span>
                  <span>{t('remote.noTeacherHint')}</span>
                </div>
              }
              paused={t('stage.cameraOff')}
            />
          )}
          {live.steering.paused && <PauseVeil />}
          {catchUpMs === null ? (
            <CatchUpOffer
              live={live}
              participantId={me?.participantId ?? null}
              now={now}
              onWatch={setCatchUpMs}
            />
          ) : (
            <CatchUp
              lessonId={lesson.lessonId}
              fromMs={catchUpMs}
              nowMs={now - (live.recording?.epochMs ?? now)}
              onLive={backToLive}
            />
          )}
        </div>
        <ChatTicker live={live} />
        {currentQuestion(live.asking) && <QuestionOnStage live={live} me={me} act={act} />}
        <EdgeNotes
          snapshot={snapshot}
          lesson={lesson}
          extra={error ? [error] : []}
          onRetry={(role) => void (role === 'mic' ? startMic(session) : startCamera(session, 'pupils'))}
        />
      </main>

      <aside className={styles.side}>
        <StageTile
          name={lesson.teacherName}
          presence={teacher.presence}
          picture={beside ? teacher.face : null}
          hold={hold && beside}
          empty={<span className={styles.school}>{lesson.organizationName}</span>}
        />
        {sends && (
          <StageTile
            name={t('remote.ourRoom')}
            presence="here"
            picture={ownCamera ? own(ownCamera) : null}
            hold={false}
            empty={t(cameraWord(ownCamera))}
            testId="own-room"
          />
        )}
        {rooms.map((room) => (
          <StageTile
            key={room.accountId}
            name={room.name}
            presence={room.presence}
            picture={room.picture}
            hold={phase === 'reconnecting'}
            testId={`room-tile-${room.participantId ?? room.accountId}`}
          />
        ))}
      </aside>

      <RemoteBar
        lesson={lesson}
        session={session}
        snapshot={snapshot}
        sends={sends}
        now={now}
        act={act}
        onError={setError}
        secondOpen={second !== null}
        onSecond={() => void toggleSecond()}
      />
      {second && (
        <SecondScreen
          target={second}
          teacherName={lesson.teacherName}
          face={beside || rooms.length === 0 ? teacher.face : null}
          rooms={rooms}
          hold={hold}
        />
      )}
      <Sounds snapshot={snapshot} muted={catchUpMs !== null} />
    </div>
  );
}
