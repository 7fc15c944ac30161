import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { BulkReport } from '#protocol/pairing.ts';
import styles from './Pairings.module.css';

const COLORS = { new: 'success', joins: 'processing', exists: 'default', error: 'error' } as const;

/** What becomes of each line of a table. */
export function Fates({ report }: { report: BulkReport }) {
  const { t } = useTranslation();
  return (
    <table className={styles.fates} data-testid="fates">
      <thead>
        <tr>
          <th scope="col">{t('pairings.bulk.line')}</th>
          <th scope="col">{t('pairings.bulk.who')}</th>
          <th scope="col">{t('pairings.bulk.fateTitle')}</th>
        </tr>
      </thead>
      <tbody>
        {report.lines.map(({ line, label, fate, issues }) => (
          <tr key={line}>
            <td className={styles.mono}>{line}</td>
            <td>{label}</td>
            <td>
              <Tag color={COLORS[fate]}>{t(`pairings.bulk.fate.${fate}`)}</Tag>
              {issues.map(({ path, issue, value }) => (
                <span key={`${path} ${issue}`} className={styles.quiet}>
                  {t(`pairings.bulk.issue.${issue}`, {
                    column: t(`pairings.bulk.column.${path as 'teacher'}`),
                    value,
                  })}
                </span>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
