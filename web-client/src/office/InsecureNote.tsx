import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { InsecureHelp } from '../ui/InsecureHelp.tsx';
import styles from './InsecureNote.module.css';

/** Stands at the head of an office page that was opened at an insecure address. */
export function InsecureNote() {
  const { t } = useTranslation();
  if (isSecureContext) return null;
  return (
    <Alert
      className={styles.note}
      type="warning"
      showIcon
      title={t('secure.title')}
      description={<InsecureHelp />}
    />
  );
}
