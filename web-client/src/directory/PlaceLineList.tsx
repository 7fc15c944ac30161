import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { LineFate, PLACE_COLUMNS, type PlaceKind, type PlaceLine } from '#protocol/directory-lines.ts';
import { join } from '../ui/class-names.ts';
import styles from './Directory.module.css';
import { FATE_COLOURS } from './LineList.tsx';

/** What becomes of each line of schools, rooms, classes or courses; what is wrong comes first. */
export function PlaceLineList({ of, lines }: { of: PlaceKind; lines: readonly PlaceLine[] }) {
  const { t } = useTranslation();
  const order = lines.toSorted(
    (a, b) => Number(b.fate === 'wrong') - Number(a.fate === 'wrong') || a.line - b.line,
  );
  const columns = PLACE_COLUMNS[of].filter((column) => lines.some(({ cells }) => cells[column]));
  const count = (fate: LineFate) => lines.filter((line) => line.fate === fate).length;
  return (
    <>
      <p className={styles.counts} role="status">
        {LineFate.options.map((fate) => (
          <span key={fate} className={fate === 'wrong' ? styles.problem : undefined}>
            {t(`paste.places.count.${fate}`, { count: count(fate) })}
          </span>
        ))}
      </p>
      {count('wrong') > 0 && <p className={styles.quiet}>{t('paste.places.mend')}</p>}
      <div className={styles.scroll}>
        <table className={styles.lines}>
          <thead>
            <tr>
              <th scope="col">{t('paste.line')}</th>
              <th scope="col">{t('paste.fateTitle')}</th>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {t(`paste.places.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {order.map(({ line, fate, problem, cells }) => (
              <tr
                key={line}
                className={join(fate === 'wrong' && styles.wrong, fate === 'known' && styles.known)}
              >
                <td>{line}</td>
                <td>
                  <Tag color={FATE_COLOURS[fate]}>{t(`paste.fate.${fate}`)}</Tag>
                  {problem && (
                    <span className={fate === 'wrong' ? styles.problem : undefined}>
                      {t(`paste.places.problem.${problem.problem}`, {
                        column: t(`paste.places.column.${problem.column}`),
                      })}
                    </span>
                  )}
                </td>
                {columns.map((column) => (
                  <td key={column}>
                    <bdi>{cells[column]}</bdi>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
