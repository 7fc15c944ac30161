import { useTranslation } from 'react-i18next';
import type { AuthorsPromise } from '#protocol/review.ts';
import { clockTime, longDate } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './Review.module.css';

/** What the author promised in writing, and when. */
export function PromiseCard({ promise }: { promise: AuthorsPromise }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <section className={styles.card} aria-labelledby="promise-title">
      <h2 className={styles.subtitle} id="promise-title">
        {t('review.promiseTitle')}
      </h2>
      <blockquote className={styles.promise}>
        <p>{t('review.promise.content')}</p>
        <p>{t('review.promise.copyright')}</p>
        <p>{t('review.promise.pupils')}</p>
      </blockquote>
      <p>
        {t('review.signed', {
          name: promise.name,
          when: `${longDate(promise.at, language)} ${clockTime(promise.at, language)}`,
        })}
        <span className={styles.quiet}> ({promise.text})</span>
      </p>
    </section>
  );
}
