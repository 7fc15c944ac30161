import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Navigate, useNavigate } from 'react-router';
import type { Lesson } from '#protocol/domain.ts';
import type { RoomLesson } from '#protocol/room-screen.ts';
import { ApiError } from '../api/api-error.ts';
import { lessonQuery, sessionQuery } from '../api/queries.ts';
import { useAccount } from '../app/use-account.ts';
import { preloadClassroom } from '../classroom/pages.tsx';
import { useWakeLock } from '../classroom/use-wake-lock.ts';
import { useNow } from '../ui/use-now.ts';
import { Waiting } from '../ui/Waiting.tsx';
import { currentLesson, entersByItself, isShown } from './current-lesson.ts';
import { LessonNow } from './LessonNow.tsx';
import { NewsStrip } from './NewsStrip.tsx';
import { Quiet } from './Quiet.tsx';
import { RoomCorner } from './RoomCorner.tsx';
import { RoomHead } from './RoomHead.tsx';
import styles from './RoomPage.module.css';
import { roomQuery } from './room-api.ts';
import { forgetRoom, isRoomHere, lessonInside } from './room-memory.ts';
import { TodayStrip } from './TodayStrip.tsx';
import { useDeviceLine } from './use-device-line.ts';

const TICK_MS = 1000;

/** Into which lessons this page has brought the room already. */
const entered = new Set<string>();

/** A classroom's screen between its lessons: what comes next, who is ready, one button. */
export function RoomPage() {
  const asked = useAccount();
  const isOut = asked.state === 'stranger';
  useEffect(() => {
    if (isOut) forgetRoom();
  }, [isOut]);
  if (isOut) return <Navigate replace to="/pair" state={{ out: asked.ended || isRoomHere() }} />;
  if (asked.state === 'known' && asked.account.kind !== 'classroom') return <Navigate replace to="/" />;
  // A room whose platform is away keeps what it shows.
  return <Screen />;
}

function Screen() {
  useWakeLock();
  useDeviceLine();
  const now = useNow(TICK_MS);
  const queries = useQueryClient();
  const { data: screen, error } = useQuery(roomQuery);
  const isOut = error !== null && ApiError.from(error).code === 'NOT_SIGNED_IN';
  useEffect(() => {
    if (isOut) void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
  }, [isOut, queries]);
  const current = screen ? currentLesson(screen.lessons, now) : null;
  const enter = useEntrance(screen?.lessons ?? [], current, now);
  if (!screen) return <Waiting page="stage" />;
  const shown = current !== null && isShown(current.lesson, now) ? current : null;
  return (
    <section className={styles.page} data-theme="stage" data-testid="room-screen">
      <RoomHead screen={screen} now={now} offline={error !== null} />
      {shown ? (
        <LessonNow of={shown} now={now} roomId={screen.accountId} onEnter={() => enter(shown.lesson)} />
      ) : (
        <Quiet screen={screen} next={current?.lesson ?? null} now={now} />
      )}
      <NewsStrip news={screen.news} />
      <div className={styles.foot}>
        <TodayStrip lessons={screen.lessons} main={shown} now={now} onEnter={enter} />
        <RoomCorner current={current?.lesson ?? null} />
      </div>
    </section>
  );
}

/** Goes into a lesson: by a tap, by itself at the bell, or because the room was in it when its power went. */
function useEntrance(
  lessons: readonly RoomLesson[],
  current: RoomLesson | null,
  now: number,
): (lesson: Lesson) => void {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const enter = (lesson: Lesson) => {
    entered.add(lesson.lessonId);
    // What is on this page already need not be asked for again on the next.
    queries.setQueryData(lessonQuery(lesson.lessonId).queryKey, lesson);
    void navigate(`/lessons/${lesson.lessonId}`);
  };
  const lesson = current?.lesson ?? null;
  const inside = lessonInside();
  const isDue = (of: RoomLesson) => entersByItself(of.lesson, now, { entered, inside, lost: of.lost });
  // Where it was comes before what the screen is about.
  const back = lessons.find((of) => (of.lost || of.lesson.lessonId === inside) && isDue(of));
  const due = (back ?? (current && isDue(current) ? current : null))?.lesson;
  const role = lesson && isShown(lesson, now) ? lesson.role : null;
  useEffect(() => {
    if (role) preloadClassroom(role);
  }, [role]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it goes in when the lesson becomes due, not when it is drawn.
  useEffect(() => {
    if (due) enter(due);
  }, [due?.lessonId]);
  return enter;
}
