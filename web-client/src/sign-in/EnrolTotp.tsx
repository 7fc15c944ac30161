import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { renderSVG } from 'uqr';
import { accountApi } from '../account/account-api.ts';
import { ApiError } from '../api/api-error.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { AskForm } from './AskForm.tsx';
import styles from './Card.module.css';
import { CodeField } from './fields.tsx';

/** Sets up an authenticator app: scan, type the first code, keep the recovery codes. */
export function EnrolTotp({ done }: { done: () => void }) {
  const { t } = useTranslation();
  const [codes, setCodes] = useState<string[] | null>(null);
  // Asked once: asking again would make another secret than the one that was scanned.
  const offer = useQuery({
    queryKey: ['totp-offer'],
    queryFn: accountApi.offerTotp,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  if (codes) return <RecoveryCodeList codes={codes} done={done} />;
  if (offer.error)
    return <Alert type="error" showIcon title={<ErrorNote code={ApiError.from(offer.error).code} />} />;
  if (!offer.data) return <Skeleton active />;
  const { uri, secret } = offer.data;
  return (
    <>
      <ol className={styles.steps}>
        <li>{t('signIn.enrol.app')}</li>
        <li>
          {t('signIn.enrol.scan')}
          <img
            className={styles.qr}
            alt={t('signIn.enrol.qr')}
            src={`data:image/svg+xml,${encodeURIComponent(renderSVG(uri))}`}
          />
          <code className={styles.secret} data-testid="totp-secret">
            {secret}
          </code>
        </li>
        <li>{t('signIn.enrol.type')}</li>
      </ol>
      <AskForm<{ code: string }>
        word={t('signIn.enrol.confirm')}
        send={async ({ code }) => setCodes((await accountApi.confirmTotp(code)).codes)}
      >
        <CodeField />
      </AskForm>
    </>
  );
}

/** Codes that are shown this once. */
export function RecoveryCodeList({ codes, done }: { codes: readonly string[]; done: () => void }) {
  const { t } = useTranslation();
  const text = codes.join('\n');
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`${t('signIn.recovery.title')}\n\n${text}\n`)}`;
  return (
    <div>
      <Alert
        type="warning"
        showIcon
        title={t('signIn.recovery.once')}
        description={t('signIn.recovery.why')}
      />
      <ul className={styles.codes} data-testid="recovery-codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={styles.actions}>
        <Button type="primary" onClick={done} data-testid="codes-kept">
          {t('signIn.recovery.kept')}
        </Button>
        <Button href={file} download="recovery-codes.txt">
          {t('signIn.recovery.download')}
        </Button>
        <Button onClick={() => print()}>{t('signIn.recovery.print')}</Button>
      </div>
    </div>
  );
}
