import { useTranslation } from 'react-i18next';
import type { Lesson } from '#protocol/domain.ts';
import { MINUTE_MS } from '../ui/time.ts';

/** How long until the lesson's bell: the one that begins it while it has not begun, else the one that ends it. */
export function BellTime({ lesson, begun, now }: { lesson: Lesson; begun: boolean; now: number }) {
  const { t } = useTranslation();
  const left = (begun ? lesson.plannedEnd : lesson.plannedStart) - now;
  const minutes = Math.ceil(left / MINUTE_MS);
  if (!begun) return <span>{left > 0 ? t('stage.toStart', { minutes }) : t('stage.startNow')}</span>;
  if (left <= 0) return <span>{t('stage.pastBell')}</span>;
  return <span>{minutes <= 1 ? t('stage.toBellSoon') : t('stage.toBell', { minutes })}</span>;
}
