import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PageErrorCode } from '../i18n/errors.ts';
import { allWords } from '../i18n/load-words.ts';
import styles from './ErrorNote.module.css';

/** The sentence for a code, with the code as small print at its end. */
export function ErrorNote({ code }: { code: PageErrorCode }) {
  const { t, i18n } = useTranslation();
  const [, setWords] = useState<'all' | null>(null);
  const isKnown = i18n.exists(`error.${code}`);
  useEffect(() => {
    if (!isKnown)
      allWords().then(
        () => setWords('all'),
        () => {},
      );
  }, [isKnown]);
  return (
    <span className={styles.note} role="alert">
      {isKnown && t(`error.${code}`)}
      <span className={styles.code}>({code})</span>
    </span>
  );
}
