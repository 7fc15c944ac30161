import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { platformNow } from '../api/clock.ts';
import { useNow } from '../ui/use-now.ts';
import { nextDue } from './current-lesson.ts';
import { roomQuery } from './room-api.ts';

const BACK_SECONDS = 60;
/** Where the bell of the next lesson has rung meanwhile. */
const HURRY_SECONDS = 8;
const SECOND_MS = 1000;

interface Props {
  lessonId: string;
  className?: string;
}

/** After a lesson a classroom's screen goes back to its own page, and says so; sooner where the next one waits. */
export function BackToRoom({ lessonId, className }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [since] = useState(platformNow);
  const now = useNow(SECOND_MS);
  const { data: screen } = useQuery(roomQuery);
  const next = nextDue(screen?.lessons ?? [], lessonId, now)?.lesson;
  const all = next ? HURRY_SECONDS : BACK_SECONDS;
  const seconds = Math.max(0, all - Math.floor((now - since) / SECOND_MS));
  const isTime = seconds === 0;
  useEffect(() => {
    if (isTime) void navigate('/room', { replace: true });
  }, [isTime, navigate]);
  return (
    <p className={className}>
      {next ? t('room.backToNext', { subject: next.subject, seconds }) : t('room.back', { seconds })}
    </p>
  );
}
