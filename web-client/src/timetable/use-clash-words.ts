import { useTranslation } from 'react-i18next';
import { clockOf } from '#protocol/calendar.ts';
import type { Clash } from '#protocol/clashes.ts';

/** "五年级(2)班 已有 音乐 第3节", and of another school's lesson which school's. */
export function useClashWords(): (clash: Clash, ownOrganizationName?: string) => string {
  const { t } = useTranslation();
  return (clash, own) => {
    const { name, party, subject, period, startsMinute, endsMinute, organizationName, days, day } = clash;
    const when =
      period === null ? `${clockOf(startsMinute)}–${clockOf(endsMinute)}` : t('today.period', { period });
    const said = t('timetable.clash.has', { name: name ?? t(`timetable.party.${party}`), subject, when });
    return [
      said,
      ...(organizationName !== own ? [t('timetable.clash.at', { school: organizationName })] : []),
      ...(days > 1 ? [t('timetable.clash.often', { day, count: days })] : []),
    ].join('');
  };
}
