import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Lesson } from '#protocol/domain.ts';
import type { Participant } from '#protocol/timeline.ts';
import { Button } from '../ui/Button.tsx';
import { clockTime, MINUTE_MS } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import { useNow } from '../ui/use-now.ts';
import { absentRooms, nextDue } from './current-lesson.ts';
import { readinessQuery, roomQuery } from './room-api.ts';

const TICK_MS = 5000;

interface Props {
  lesson: Lesson;
  me: Participant;
  className: string | undefined;
}

/** In a lesson: who has not come and whom to call, and for a classroom that its next lesson waits. */
export function LessonNotes({ lesson, me, className }: Props) {
  const now = useNow(TICK_MS);
  return (
    <>
      {(me.role === 'presenter' || me.role === 'remote') && (
        <Absent lesson={lesson} presents={me.role === 'presenter'} now={now} className={className} />
      )}
      {me.kind === 'classroom' && <Next lessonId={lesson.lessonId} now={now} className={className} />}
    </>
  );
}

interface AbsentProps {
  lesson: Lesson;
  presents: boolean;
  now: number;
  className: string | undefined;
}

function Absent({ lesson, presents, now, className }: AbsentProps) {
  const { t } = useTranslation();
  const { data } = useQuery(readinessQuery([lesson.lessonId]));
  const minutes = Math.floor((now - lesson.plannedStart) / MINUTE_MS);
  return absentRooms(data?.[0]?.rooms ?? [], presents, lesson, now).map((room) => (
    <p key={room.accountId} className={className} data-testid={`absent-${room.accountId}`}>
      {t(room.presence === 'elsewhere' ? 'room.absentElsewhere' : 'room.absent', {
        school: room.organizationName,
        minutes,
      })}{' '}
      {room.phone ? t('room.call', { phone: room.phone }) : t('room.callUnknown')}
    </p>
  ));
}

/** Nobody is taken out of a lesson that overran; asking also says that the room is on, to those who wait for it. */
function Next({
  lessonId,
  now,
  className,
}: {
  lessonId: string;
  now: number;
  className: string | undefined;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const { data: screen } = useQuery(roomQuery);
  const next = nextDue(screen?.lessons ?? [], lessonId, now)?.lesson;
  if (!next) return null;
  return (
    <div className={className} data-testid="next-lesson">
      {t('room.nextDue', { subject: next.subject, time: clockTime(next.plannedStart, language) })}
      <Button onClick={() => void navigate(`/lessons/${next.lessonId}`)}>{t('room.toNext')}</Button>
    </div>
  );
}
