import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Clash } from '#protocol/clashes.ts';
import styles from './LessonDrawer.module.css';
import { useClashWords } from './use-clash-words.ts';

/** What stands in the way, in words; it can be saved all the same. */
export function ClashList({ clashes, school }: { clashes: readonly Clash[]; school: string }) {
  const { t } = useTranslation();
  const words = useClashWords();
  if (clashes.length === 0) return null;
  return (
    <Alert
      className={styles.clashes}
      type="warning"
      showIcon
      data-testid="clashes"
      title={t('timetable.clash.title')}
      description={
        <ul className={styles.list}>
          {clashes.map((clash) => (
            <li key={`${clash.id} ${clash.at} ${clash.subject} ${clash.startsMinute}`}>
              {words(clash, school)}
            </li>
          ))}
        </ul>
      }
    />
  );
}
