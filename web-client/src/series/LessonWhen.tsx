import { useTranslation } from 'react-i18next';
import type { OpenLesson } from '#protocol/series.ts';
import { clockTime, longDate } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';

/** 3月20日 星期六 09:00–10:00 */
export function useWhen(): (from: number, to: number) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  return (from, to) =>
    t('series.when', {
      date: longDate(from, language),
      from: clockTime(from, language),
      to: clockTime(to, language),
    });
}

type Props = Pick<OpenLesson, 'plannedStart' | 'plannedEnd' | 'movedFrom' | 'cancelReason'>;

/** When a lesson is, what it was to be before it was moved, and why it is called off. */
export function LessonWhen({ plannedStart, plannedEnd, movedFrom, cancelReason }: Props) {
  const { t } = useTranslation();
  const when = useWhen();
  return (
    <>
      <span>{when(plannedStart, plannedEnd)}</span>
      {movedFrom !== null && cancelReason === null && (
        <span> · {t('series.moved', { when: when(movedFrom, movedFrom + plannedEnd - plannedStart) })}</span>
      )}
      {cancelReason !== null && <span> · {t('series.reason', { reason: cancelReason })}</span>}
    </>
  );
}
