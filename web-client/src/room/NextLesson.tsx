import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Button } from '../ui/Button.tsx';
import { clockTime } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import { useNow } from '../ui/use-now.ts';
import { nextDue } from './current-lesson.ts';
import { roomQuery } from './room-api.ts';

const TICK_MS = 5000;

interface Props {
  lessonId: string;
  className?: string;
}

/**
 * In a lesson that runs past its end, for a classroom: that the bell of its next one has rung. Nobody is taken out of a
 * lesson; asking also says that the room is there, to those who wait for it.
 */
export function NextLesson({ lessonId, className }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const now = useNow(TICK_MS);
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
