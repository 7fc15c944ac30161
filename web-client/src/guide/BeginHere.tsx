import { IconRocket } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { measure } from '../theme/tokens.ts';
import { ButtonLink } from '../ui/Button.tsx';
import styles from './BeginHere.module.css';

/** The one thing to do on a platform that is still empty. */
export function BeginHere() {
  const { t } = useTranslation();
  return (
    <section className={styles.begin} data-testid="begin-here">
      <IconRocket size={measure.iconLarge} stroke={1.5} aria-hidden="true" />
      <div className={styles.words}>
        <h2 className={styles.title}>{t('today.begin')}</h2>
        <p>{t('today.beginHint')}</p>
      </div>
      <ButtonLink kind="primary" to="/admin/start">
        {t('today.beginGo')}
      </ButtonLink>
    </section>
  );
}
