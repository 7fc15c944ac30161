import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { LineFate, type PersonLine } from '#protocol/directory-lines.ts';
import { join } from '../ui/class-names.ts';
import styles from './Directory.module.css';

export const FATE_COLOURS: Record<LineFate, string> = { new: 'success', known: 'default', wrong: 'error' };

/** What becomes of each line that was pasted; what is wrong comes first. */
export function LineList({ lines }: { lines: readonly PersonLine[] }) {
  const { t } = useTranslation();
  const order = lines.toSorted(
    (a, b) => Number(b.fate === 'wrong') - Number(a.fate === 'wrong') || a.line - b.line,
  );
  return (
    <>
      <p className={styles.counts} role="status">
        {LineFate.options.map((fate) => (
          <span key={fate} className={fate === 'wrong' ? styles.problem : undefined}>
            {t(`paste.count.${fate}`, { count: lines.filter((line) => line.fate === fate).length })}
          </span>
        ))}
      </p>
      <div className={styles.scroll}>
        <table className={styles.lines}>
          <thead>
            <tr>
              <th scope="col">{t('paste.line')}</th>
              <th scope="col">{t('paste.fateTitle')}</th>
              <th scope="col">{t('directory.person.name')}</th>
              <th scope="col">{t('directory.person.roles')}</th>
              <th scope="col">{t('directory.person.number')}</th>
              <th scope="col">{t('directory.person.login')}</th>
            </tr>
          </thead>
          <tbody>
            {order.map(({ line, fate, problem, name, role, number, login }) => (
              <tr
                key={line}
                className={join(fate === 'wrong' && styles.wrong, fate === 'known' && styles.known)}
              >
                <td>{line}</td>
                <td>
                  <Tag color={FATE_COLOURS[fate]}>{t(`paste.fate.${fate}`)}</Tag>
                  {problem && (
                    <span className={fate === 'wrong' ? styles.problem : undefined}>
                      {t(`paste.problem.${problem}`)}
                    </span>
                  )}
                </td>
                <td>
                  <bdi>{name}</bdi>
                </td>
                <td>{role && t(`role.${role}`)}</td>
                <td>{number}</td>
                <td>{login}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
