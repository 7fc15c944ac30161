import { Tag } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Pairing, PairingState } from '#protocol/pairing.ts';
import { weekdayWord } from '../terms/days.ts';

const COLORS: Record<PairingState, string> = {
  draft: 'default',
  pending: 'warning',
  active: 'success',
  frozen: 'processing',
  expired: 'default',
  cancelled: 'default',
};

export function StateTag({ state }: { state: PairingState }) {
  const { t } = useTranslation();
  return <Tag color={COLORS[state]}>{t(`pairings.state.${state}`)}</Tag>;
}

/** 周二第3节、周四第1节（单周） */
export const timesWord = (slots: Pairing['slots'], t: TFunction): string =>
  slots
    .map(({ weekday, period, weeks }) =>
      t(`pairings.slot.${weeks}`, { weekday: weekdayWord(weekday, t), period }),
    )
    .join(t('common.separator'));

export const sidesOf = ({ master, remotes }: Pairing) => [
  ...new Map([master, ...remotes].map((side) => [side.organizationId, side])).values(),
];
/** For which sides I have still to say whether I agree. */
export const mineToApprove = (pairing: Pairing) =>
  pairing.state === 'pending'
    ? sidesOf(pairing).filter(({ mayApprove, approvedAt }) => mayApprove && approvedAt === null)
    : [];
export const waitingFor = (pairing: Pairing): string[] =>
  sidesOf(pairing)
    .filter(({ approvedAt }) => approvedAt === null)
    .map(({ organizationName }) => organizationName);

/** 清河县实验小学 五年级(2)班 */
export const classWord = (side: { organizationName: string; classGroup: { name: string } }): string =>
  `${side.organizationName} ${side.classGroup.name}`;
