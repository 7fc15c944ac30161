import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { platformNow } from '../api/clock.ts';
import { useNow } from '../ui/use-now.ts';

const BACK_SECONDS = 60;
const SECOND_MS = 1000;

/** After a lesson a classroom's screen goes back to its own page, and says so. */
export function BackToRoom({ className }: { className?: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [since] = useState(platformNow);
  const now = useNow(SECOND_MS);
  const seconds = Math.max(0, BACK_SECONDS - Math.floor((now - since) / SECOND_MS));
  const isTime = seconds === 0;
  useEffect(() => {
    if (isTime) void navigate('/room', { replace: true });
  }, [isTime, navigate]);
  return <p className={className}>{t('room.back', { seconds })}</p>;
}
