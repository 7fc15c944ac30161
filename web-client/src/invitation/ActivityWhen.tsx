import { useTranslation } from 'react-i18next';
import { clockTime, longDate } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';

/** 3月17日 星期三 14:00–15:00 */
export function useActivityWhen(): (from: number, to: number) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  return (from, to) =>
    t('invitation.when', {
      date: longDate(from, language),
      from: clockTime(from, language),
      to: clockTime(to, language),
    });
}

interface Props {
  plannedStart: number;
  plannedEnd: number;
  movedFrom: number | null;
  cancelReason: string | null;
}

/** When it is, when it was to be, and why it is not. */
export function ActivityWhen({ plannedStart, plannedEnd, movedFrom, cancelReason }: Props) {
  const { t } = useTranslation();
  const when = useActivityWhen();
  return (
    <>
      <span>{when(plannedStart, plannedEnd)}</span>
      {movedFrom !== null && cancelReason === null && (
        <span>
          {' '}
          · {t('invitation.moved', { when: when(movedFrom, movedFrom + plannedEnd - plannedStart) })}
        </span>
      )}
      {cancelReason !== null && <span> · {t('invitation.reason', { reason: cancelReason })}</span>}
    </>
  );
}
