import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Account } from '#protocol/domain.ts';
import { scopeOf } from '#protocol/office.ts';
import { schoolTimeZone } from '../ui/time-zone.ts';
import styles from './Audit.module.css';
import { useAuditAlarm } from './audit-api.ts';

/** Says that the audit cannot be written, as long as it cannot. */
export function AuditAlarmNote({ account }: { account: Account }) {
  const { t } = useTranslation();
  const { data } = useAuditAlarm(scopeOf(account.role, 'audit.alarm') !== null);
  if (!data?.alarm) return null;
  const { since, waiting } = data.alarm;
  const time = new Intl.DateTimeFormat('zh-CN', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: schoolTimeZone(),
  }).format(since);
  return (
    <Alert
      type="error"
      showIcon
      banner
      className={styles.note}
      title={t('audit.alarm.title')}
      description={t('audit.alarm.hint', { time, count: waiting })}
    />
  );
}
