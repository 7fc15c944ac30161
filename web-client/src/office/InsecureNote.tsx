import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { InsecureHelp } from '../ui/InsecureHelp.tsx';

/** Stands at the head of an office page that was opened at an insecure address. */
export function InsecureNote() {
  const { t } = useTranslation();
  if (isSecureContext) return null;
  return <Alert type="warning" showIcon title={t('secure.title')} description={<InsecureHelp />} />;
}
