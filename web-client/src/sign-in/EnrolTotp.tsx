import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Skeleton, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { renderSVG } from 'uqr';
import { accountApi } from '../account/account-api.ts';
import { usePhone } from '../admin/kit/use-phone.ts';
import { ApiError } from '../api/api-error.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { AskForm } from './AskForm.tsx';
import styles from './Card.module.css';
import { CodeField } from './fields.tsx';
import { RecoveryCodeList } from './RecoveryCodeList.tsx';

interface Props {
  /** Whose it is, on the paper with the recovery codes. */
  name: string;
  done: () => void;
}

/** Sets up an authenticator app: scan, type the first code, keep the recovery codes. */
export function EnrolTotp({ name, done }: Props) {
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
  if (codes) return <RecoveryCodeList codes={codes} name={name} done={done} />;
  if (offer.error)
    return <Alert type="error" showIcon title={<ErrorNote code={ApiError.from(offer.error).code} />} />;
  if (!offer.data) return <Skeleton active />;
  return (
    <>
      <ol className={styles.steps}>
        <li>{t('signIn.enrol.app')}</li>
        <Scan {...offer.data} />
        <li>{t('signIn.enrol.type')}</li>
      </ol>
      <AskForm<{ code: string }>
        word={t('signIn.enrol.confirm')}
        amiss={{ code: t('signIn.codeWrong') }}
        send={async ({ code }) => setCodes((await accountApi.confirmTotp(code)).codes)}
      >
        <CodeField />
      </AskForm>
    </>
  );
}

/** The secret, for whatever the telephone is: another device that scans, or this very one, which cannot. */
function Scan({ uri, secret }: { uri: string; secret: string }) {
  const { t } = useTranslation();
  const phone = usePhone();
  return (
    <li>
      {t(phone ? 'signIn.enrol.here' : 'signIn.enrol.scan')}
      {phone && (
        <Button className={styles.open} block size="large" href={uri}>
          {t('signIn.enrol.open')}
        </Button>
      )}
      <img
        className={styles.qr}
        alt={t('signIn.enrol.qr')}
        src={`data:image/svg+xml,${encodeURIComponent(renderSVG(uri))}`}
      />
      <Typography.Text className={styles.secret} copyable={{ text: secret, tooltips: false }}>
        <code data-testid="totp-secret">{secret.replace(/.{4}(?!$)/g, '$& ')}</code>
      </Typography.Text>
    </li>
  );
}
