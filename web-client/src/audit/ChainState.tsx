import { Alert, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AuditProblem } from '#protocol/audit.ts';
import { ApiError } from '../api/api-error.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import styles from './Audit.module.css';
import { useAuditChain } from './audit-api.ts';

/** Whether every line is as it was written. */
export function ChainState() {
  return (
    <div className={styles.note}>
      <State />
    </div>
  );
}

function State() {
  const { t } = useTranslation();
  const { data, error } = useAuditChain();
  const said = (problem: AuditProblem) =>
    'seq' in problem
      ? t(`audit.problem.${problem.kind}`, { seq: problem.seq })
      : t(`audit.problem.${problem.kind}`, { from: problem.from, to: problem.to });
  if (error) return <Alert type="warning" showIcon title={<ErrorNote code={ApiError.from(error).code} />} />;
  if (!data) return <Skeleton.Input active block />;
  if (data.whole) return <Alert type="success" showIcon title={t('audit.whole', { count: data.rows })} />;
  return (
    <Alert
      type="error"
      showIcon
      title={t('audit.broken')}
      description={data.problems.map((problem) => <div key={JSON.stringify(problem)}>{said(problem)}</div>)}
    />
  );
}
