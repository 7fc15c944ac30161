import { useTranslation } from 'react-i18next';
import styles from './Steering.module.css';

/** Over a room's picture while the teacher has stopped the class. */
export function PauseVeil() {
  const { t } = useTranslation();
  return (
    <div className={styles.veil} role="status" data-testid="pause-veil">
      <p className={styles.veilTitle}>{t('steering.pausedTitle')}</p>
      <p>{t('steering.pausedLead')}</p>
    </div>
  );
}
