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

/** "仍然保存，周明 10:20 有两节课": what a button says that saves in spite of clashes. */
export function useAnywayWord(): (clashes: readonly Clash[]) => string {
  const { t } = useTranslation();
  return (clashes) => {
    const [first] = clashes;
    if (!first) return t('timetable.clash.anywayUnread');
    const who = first.name ?? t(`timetable.party.${first.party}`);
    const word = t('timetable.clash.anyway', { name: who, clock: clockOf(first.startsMinute) });
    return clashes.length === 1 ? word : `${word}${t('timetable.clash.ofAll', { count: clashes.length })}`;
  };
}
