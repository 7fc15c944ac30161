import { useTranslation } from 'react-i18next';
import { type RosterCounts, RosterFate, RosterKind } from '#protocol/roster.ts';
import { join } from '../ui/class-names.ts';
import styles from './RosterPage.module.css';

export const totalOf = (counts: RosterCounts, fates: readonly RosterFate[]): number =>
  Object.values(counts).reduce(
    (sum, each) => sum + fates.reduce((part, fate) => part + (each[fate] ?? 0), 0),
    0,
  );

/** How many rows of each list fare how. */
export function FateCounts({ counts }: { counts: RosterCounts }) {
  const { t } = useTranslation();
  const kinds = RosterKind.options.filter((kind) => Object.keys(counts[kind]).length > 0);
  const fates = RosterFate.options.filter((fate) => kinds.some((kind) => counts[kind][fate]));
  return (
    <div className={styles.countsFrame}>
      <table className={styles.counts}>
        <thead>
          <tr>
            <th aria-label={t('roster.column.kind')} />
            {fates.map((fate) => (
              <th key={fate} scope="col" className={styles.number}>
                {t(`roster.fate.${fate}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kinds.map((kind) => (
            <tr key={kind}>
              <th scope="row">{t(`roster.kind.${kind}`)}</th>
              {fates.map((fate) => (
                <td
                  key={fate}
                  className={join(
                    styles.number,
                    !counts[kind][fate] && styles.none,
                    fate === 'refused' && counts[kind][fate] !== undefined && styles.bad,
                  )}
                >
                  {counts[kind][fate] ?? 0}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
