import { useTranslation } from 'react-i18next';
import type { PageErrorCode } from '../i18n/errors.ts';
import styles from './ErrorNote.module.css';

/** The sentence for a code, with the code as small print at its end. */
export function ErrorNote({ code }: { code: PageErrorCode }) {
  const { t } = useTranslation();
  return (
    <span className={styles.note} role="alert">
      {t(`error.${code}`)}
      <span className={styles.code}>({code})</span>
    </span>
  );
}
