import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Lesson } from '#protocol/domain.ts';
import { MainBoard } from '../board/place.tsx';
import { preloadSteering } from '../board/steered.tsx';
import { SeatCheck } from '../check/SeatCheck.tsx';
import { cameraWord } from '../classroom/camera-word.ts';
import { EdgeNotes } from '../classroom/EdgeNotes.tsx';
import { LineMark } from '../classroom/LineMark.tsx';
import { ownTeacherView, roomSlots, shownPicture } from '../classroom/lesson-view.ts';
import { PictureBox } from '../classroom/PictureBox.tsx';
import { Sounds } from '../classroom/Sounds.tsx';
import { startCamera, startMic, useAutoSend } from '../classroom/use-auto-send.ts';
import { useClock } from '../classroom/use-clock.ts';
import type { PageErrorCode } from '../i18n/errors.ts';
import type { LessonSession, LessonSnapshot } from '../lesson/session.ts';
import { CallStrip } from '../steering/CallStrip.tsx';
import { RoomDialog } from '../steering/RoomDialog.tsx';
import { useAct } from '../steering/use-act.ts';
import { join } from '../ui/class-names.ts';
import { topicOf } from '../ui/topic-of.ts';
import { ConsoleBar } from './ConsoleBar.tsx';
import { ConsoleSide } from './ConsoleSide.tsx';
import { pictureName } from './feed-name.ts';
import { hearing } from './hearing.ts';
import styles from './PresenterConsole.module.css';

const ERROR_SHOWN_MS = 10_000;

void preloadSteering();

interface Props {
  lesson: Lesson;
  session: LessonSession;
  snapshot: LessonSnapshot;
}

/** The teacher's desk: what the class sees, who is there, and the few things there are to do. */
export function PresenterConsole({ lesson, session, snapshot }: Props) {
  const { t } = useTranslation();
  useAutoSend(session, 'teacher');
  const now = useClock(snapshot.clockOffsetMs);
  const [error, setError] = useState<PageErrorCode | null>(null);
  useEffect(() => {
    const timer = error && setTimeout(() => setError(null), ERROR_SHOWN_MS);
    return () => clearTimeout(timer ?? undefined);
  }, [error]);
  const act = useAct(session, setError);
  const [asked, setAsked] = useState<string | null>(null);
  const { live, phase } = snapshot;
  const rooms = roomSlots(lesson, snapshot);
  const { face, second } = ownTeacherView(snapshot);
  const large = shownPicture(snapshot) ?? second ?? face;
  const board = live.board.shown;
  const heard = hearing(snapshot, rooms);
  const askedRoom = rooms.find(({ accountId }) => accountId === asked);
  const hold = phase === 'reconnecting';
  const noPicture = t(cameraWord(snapshot.local.find(({ role }) => role === 'teacher')));
  return (
    <div className={styles.console} data-theme="stage">
      <header className={styles.top}>
        <h1 className={styles.lesson} title={lesson.title}>
          <span className={styles.subject}>{lesson.subject}</span> {topicOf(lesson)}
        </h1>
        {live.state !== 'live' && <span className={styles.state}>{t('presenter.notStarted')}</span>}
        <span
          className={join(styles.heard, heard.word === 'presenter.heardBy' ? styles.heardBy : styles.unheard)}
          data-testid="heard-by"
          role="status"
        >
          {heard.word === 'presenter.heardBy' ? t(heard.word, { count: heard.count }) : t(heard.word)}
        </span>
        {live.state !== 'live' && <SeatCheck session={session} snapshot={snapshot} />}
        <LineMark quality={snapshot.quality} />
      </header>

      <main className={styles.main} data-testid="stage-main">
        <CallStrip live={live} act={act}>
          {t('stage.preview')} ·{' '}
          {board ? t('board.title') : large ? pictureName(snapshot, large, t) : noPicture}
        </CallStrip>
        <div className={join(styles.picture, live.board.shown && styles.board)}>
          {board ? (
            <MainBoard session={session} snapshot={snapshot} />
          ) : (
            <PictureBox
              picture={large}
              label={t('stage.preview')}
              empty={noPicture}
              paused={t('stage.cameraOff')}
            />
          )}
        </div>
        <EdgeNotes
          snapshot={snapshot}
          extra={error ? [error] : []}
          onRetry={(role) => {
            if (role === 'mic') void startMic(session);
            else if (role === 'teacher') void startCamera(session, 'teacher');
            else void session.unpublish(role);
          }}
        />
      </main>

      <ConsoleSide
        lesson={lesson}
        live={live}
        me={snapshot.me}
        rooms={rooms}
        face={board || large?.key !== face?.key ? face : null}
        hold={hold}
        now={now}
        act={act}
        onOpenRoom={setAsked}
      />

      <ConsoleBar
        lesson={lesson}
        session={session}
        snapshot={snapshot}
        now={now}
        act={act}
        onError={setError}
      />
      {askedRoom && <RoomDialog room={askedRoom} live={live} act={act} onClose={() => setAsked(null)} />}
      <Sounds snapshot={snapshot} />
    </div>
  );
}
