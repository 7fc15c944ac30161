import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Licence, Reach } from '#protocol/resource.ts';
import styles from './Review.module.css';

/** A key of words has no dots. */
const WORDS = {
  'CC-BY-4.0': 'by',
  'CC-BY-SA-4.0': 'bySa',
  'CC-BY-NC-4.0': 'byNc',
  'CC-BY-NC-SA-4.0': 'byNcSa',
  reserved: 'reserved',
} as const satisfies Record<Licence, string>;

interface Choice<T> {
  value: T;
  onChange: (value: T) => void;
}

/** Who may watch it, from the narrowest. */
export function ReachChoice({ value, onChange }: Choice<Reach>) {
  const { t } = useTranslation();
  return (
    <div className={styles.field}>
      <span className={styles.label} id="reach-label">
        {t('review.reachTitle')}
      </span>
      <Select<Reach>
        value={value}
        onChange={onChange}
        aria-labelledby="reach-label"
        data-testid="reach"
        options={Reach.options.map((reach) => ({ value: reach, label: t(`review.reach.${reach}`) }))}
      />
    </div>
  );
}

/** What others may do with it. */
export function LicenceChoice({ value, onChange }: Choice<Licence>) {
  const { t } = useTranslation();
  return (
    <div className={styles.field}>
      <span className={styles.label} id="licence-label">
        {t('review.licenceTitle')}
      </span>
      <Select<Licence>
        value={value}
        onChange={onChange}
        aria-labelledby="licence-label"
        options={Licence.options.map((licence) => ({
          value: licence,
          label: t(`review.licence.${WORDS[licence]}`),
        }))}
      />
    </div>
  );
}
