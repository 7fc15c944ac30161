import { useTranslation } from 'react-i18next';
import type { RoomLesson, RoomReadiness } from '#protocol/room-screen.ts';
import { deferred } from '../ui/deferred.tsx';
import { clockTime } from '../ui/time.ts';
import { topicOf } from '../ui/topic-of.ts';
import { useLanguage } from '../ui/use-language.ts';
import { Countdown } from './Countdown.tsx';
import { isRunning } from './current-lesson.ts';
import styles from './LessonNow.module.css';
import { PartnerRoom } from './PartnerRoom.tsx';

/** Comes after the lesson is on the screen: it is long, and only remote rooms need it. */
const WaitingCheck = deferred(
  async () => (await import('../check/WaitingCheck.tsx')).WaitingCheck,
  () => null,
);

interface Props {
  of: RoomLesson;
  now: number;
  roomId: string;
  onEnter(): void;
}

/** The lesson whose bell is near, as large as the screen: what, when, with whom, and the one button. */
export function LessonNow({ of: { lesson, rooms }, now, roomId, onEnter }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const running = isRunning(lesson);
  const own = rooms.find(({ accountId }) => accountId === roomId);
  const checks = lesson.role === 'remote' && !running && isSecureContext;
  const range = {
    from: clockTime(lesson.plannedStart, language),
    to: clockTime(lesson.plannedEnd, language),
  };
  return (
    <article
      className={styles.lesson}
      aria-label={lesson.title}
      data-testid={`room-lesson-${lesson.lessonId}`}
    >
      <p className={styles.when}>
        <Period own={own} rooms={rooms} />
        <span>{t('today.range', range)}</span>
        <Countdown lesson={lesson} now={now} />
      </p>
      <h2 className={styles.title}>
        <span className={styles.subject}>{lesson.subject}</span> {topicOf(lesson)}
      </h2>
      <p className={styles.who}>
        {own?.classGroupName && <span>{own.classGroupName}</span>}
        <span>{t('room.teacher', { name: lesson.teacherName })}</span>
      </p>
      <ul className={styles.rooms}>
        {rooms.map((room) => (
          <PartnerRoom
            key={room.accountId}
            room={room}
            own={room.accountId === roomId}
            late={now >= lesson.plannedStart}
          />
        ))}
      </ul>
      {checks && <WaitingCheck lesson={lesson} />}
      <button
        type="button"
        className={styles.enter}
        data-testid={`enter-${lesson.lessonId}`}
        // Nothing else on this screen wants the keyboard: a remote control's OK enters.
        // biome-ignore lint/a11y/noAutofocus: the page has one button.
        autoFocus
        onClick={onEnter}
      >
        {t(running ? 'room.enterRunning' : 'today.enter')}
        {lesson.autoOpen && !running && <small className={styles.hint}>{t('room.byItself')}</small>}
      </button>
    </article>
  );
}

/** The period by this school's bells, and by those of each partner that counts differently. */
function Period({ own, rooms }: { own: RoomReadiness | undefined; rooms: readonly RoomReadiness[] }) {
  const { t } = useTranslation();
  const others = rooms.filter(
    ({ accountId, period }) => accountId !== own?.accountId && period !== null && period !== own?.period,
  );
  if (!own || (own.period === null && others.length === 0)) return null;
  return (
    <span>
      {own.period !== null && t('today.period', { period: own.period })}
      {others.length > 0 && (
        <small className={styles.theirs}>
          {others
            .map(({ organizationName, period }) =>
              t('room.theirPeriod', {
                school: organizationName,
                period: t('today.period', { period: period ?? 0 }),
              }),
            )
            .join(t('common.separator'))}
        </small>
      )}
    </span>
  );
}
