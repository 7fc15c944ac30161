import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { LanguageSwitch } from '../ui/LanguageSwitch.tsx';
import styles from './RoomPage.module.css';

/** What a room does between lessons, seldom and quietly. */
export function RoomCorner() {
  const { t } = useTranslation();
  return (
    <footer className={styles.corner}>
      <Link className={styles.cornerLink} to="/check" data-testid="to-check">
        {t('check.link')}
      </Link>
      <Link className={styles.cornerLink} to="/library">
        {t('library.open')}
      </Link>
      <LanguageSwitch />
    </footer>
  );
}
