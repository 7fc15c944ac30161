import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Printed } from '../ui/Printed.tsx';
import styles from './Card.module.css';

interface Props {
  codes: readonly string[];
  /** Whose they are. */
  name: string;
  done: () => void;
}

/** Codes that are shown this once; on paper and in the file it stands whose they are, and of which platform. */
export function RecoveryCodeList({ codes, name, done }: Props) {
  const { t } = useTranslation();
  const head = [t('signIn.recovery.of', { name, address: location.host }), t('signIn.recovery.title')];
  const text = [...head, '', ...codes, ''].join('\r\n');
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`\ufeff${text}`)}`;
  const list = (
    <ul className={styles.codes}>
      {codes.map((code) => (
        <li key={code}>{code}</li>
      ))}
    </ul>
  );
  return (
    <div>
      <h2 className={styles.title}>{t('signIn.recovery.title')}</h2>
      <Alert
        type="warning"
        showIcon
        title={t('signIn.recovery.once')}
        description={t('signIn.recovery.why')}
      />
      <div data-testid="recovery-codes">{list}</div>
      <div className={styles.actions}>
        <Button type="primary" onClick={done} data-testid="codes-kept">
          {t('signIn.recovery.kept')}
        </Button>
        <Button href={file} download={t('signIn.recovery.file')}>
          {t('signIn.recovery.download')}
        </Button>
        <Button onClick={() => print()}>{t('signIn.recovery.print')}</Button>
      </div>
      <Printed>
        {head.map((line) => (
          <p key={line}>{line}</p>
        ))}
        {list}
      </Printed>
    </div>
  );
}
