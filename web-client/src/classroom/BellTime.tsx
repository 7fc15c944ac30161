import { useTranslation } from 'react-i18next';
import type { Lesson } from '#protocol/domain.ts';
import { clockTime, MINUTE_MS } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';

/** Longer than this nobody counts in minutes: a lesson held at another hour than planned. */
const COUNTED_MINUTES = 99;

/** How long until the lesson's bell: the one that begins it while it has not begun, else the one that ends it. */
export function BellTime({ lesson, begun, now }: { lesson: Lesson; begun: boolean; now: number }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const bell = begun ? lesson.plannedEnd : lesson.plannedStart;
  const minutes = Math.ceil((bell - now) / MINUTE_MS);
  if (minutes <= 0) return <span>{t(begun ? 'stage.pastBell' : 'stage.startNow')}</span>;
  if (minutes > COUNTED_MINUTES)
    return <span>{t(begun ? 'stage.endsAt' : 'stage.startsAt', { time: clockTime(bell, language) })}</span>;
  if (!begun) return <span>{t('stage.toStart', { minutes })}</span>;
  return <span>{minutes === 1 ? t('stage.toBellSoon') : t('stage.toBell', { minutes })}</span>;
}
