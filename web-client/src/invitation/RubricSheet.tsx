import { useTranslation } from 'react-i18next';
import type { Rubric } from '#protocol/invitation.ts';
import styles from './Invitation.module.css';

/** A rubric to be read. */
export function RubricSheet({ items }: Pick<Rubric, 'items'>) {
  const { t } = useTranslation();
  return (
    <table className={styles.rubric}>
      <tbody>
        {items.map(({ name, maximum, hint }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two items may be called alike, and they stand still.
          <tr key={at}>
            <th scope="row">
              <bdi>{name}</bdi>
            </th>
            <td className={styles.points}>{t('invitation.points', { points: maximum })}</td>
            <td className={styles.quiet}>{hint}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
