import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Clash } from '#protocol/clashes.ts';
import styles from './LessonDrawer.module.css';
import { useClashWords } from './use-clash-words.ts';

interface Props {
  clashes: readonly Clash[];
  /** The school that asks: its own name is not said. */
  school?: string;
}

/** What stands in the way, in words. */
export function ClashList({ clashes, school }: Props) {
  const { t } = useTranslation();
  if (clashes.length === 0) return null;
  return (
    <Alert
      className={styles.clashes}
      type="warning"
      showIcon
      data-testid="clashes"
      title={t('timetable.clash.title')}
      description={<ClashItems clashes={clashes} {...(school !== undefined && { school })} />}
    />
  );
}

export function ClashItems({ clashes, school }: Props) {
  const words = useClashWords();
  return (
    <ul className={styles.list}>
      {clashes.map((clash) => (
        <li key={`${clash.id} ${clash.at} ${clash.subject} ${clash.startsMinute}`}>{words(clash, school)}</li>
      ))}
    </ul>
  );
}
