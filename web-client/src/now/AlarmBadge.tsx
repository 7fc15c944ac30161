import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Account } from '#protocol/domain.ts';
import { scopeOf } from '#protocol/office.ts';
import { measure } from '../theme/tokens.ts';
import { join } from '../ui/class-names.ts';
import styles from './AlarmBadge.module.css';
import { alarmCountQuery } from './now-api.ts';

/** In the office's header, for who is to know: whether a lesson is in trouble. */
export function AlarmBadge({ account }: { account: Account }) {
  return scopeOf(account.role, 'alarm.see') === null ? null : <Badge />;
}

function Badge() {
  const { t } = useTranslation();
  const { data } = useQuery(alarmCountQuery);
  if (!data || (data.trouble === 0 && data.running === 0)) return null;
  const { trouble, running } = data;
  return (
    <Link
      to="/admin/now"
      className={join(styles.badge, trouble > 0 && styles.trouble)}
      data-testid="alarm-badge"
      role="status"
    >
      {trouble > 0 && <IconAlertTriangle size={measure.icon} stroke={1.5} aria-hidden="true" />}
      {trouble > 0 ? t('now.badge', { count: trouble }) : t('now.quiet', { count: running })}
    </Link>
  );
}
