import { useMutation } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { type RosterImport, RosterMissing } from '#protocol/roster.ts';
import { totalOf } from './FateCounts.tsx';
import styles from './RosterPage.module.css';
import { rosterApi } from './roster-api.ts';

/** What becomes of those whom a list brought before and names no more; each choice is looked through anew. */
export function MissingChoice({
  told,
  onTold,
}: {
  told: RosterImport;
  onTold: (next: RosterImport) => void;
}) {
  const { t } = useTranslation();
  const count = told.counts ? totalOf(told.counts, ['kept', 'left']) : 0;
  const choose = useMutation({
    mutationFn: (missing: RosterMissing) => rosterApi.plan(told.importId, missing),
    onSuccess: onTold,
  });
  if (count === 0) return null;
  return (
    <div className={styles.missing} data-testid="roster-missing">
      <div className={styles.missingWords}>
        <strong>{t('roster.missing.title', { count })}</strong>
        <span className={styles.quiet}>{t('roster.missing.hint')}</span>
      </div>
      <Segmented<RosterMissing>
        size="large"
        aria-label={t('roster.missing.title', { count })}
        value={told.missing}
        disabled={choose.isPending}
        options={RosterMissing.options.map((value) => ({ value, label: t(`roster.missing.${value}`) }))}
        onChange={(missing) => choose.mutate(missing)}
      />
    </div>
  );
}
