import { IconFingerprint } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.ts';
import { measure } from '../theme/tokens.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import styles from './Card.module.css';
import { addPasskey, hasPasskeys } from './passkey.ts';

/** A second factor without a telephone: this device's own finger, face or PIN. */
export function EnrolPasskey({ done }: { done: () => void }) {
  const { t } = useTranslation();
  const add = useMutation({
    mutationFn: () => addPasskey(t('account.passkey.thisDevice')),
    onSuccess: (added) => added && done(),
  });
  if (!hasPasskeys()) return null;
  return (
    <>
      {add.error && (
        <Alert type="error" showIcon title={<ErrorNote code={ApiError.from(add.error).code} />} />
      )}
      <p className={styles.hint}>{t('signIn.enrol.passkeyHint')}</p>
      <Button
        block
        size="large"
        icon={<IconFingerprint size={measure.icon} aria-hidden="true" />}
        loading={add.isPending}
        data-testid="enrol-passkey"
        onClick={() => add.mutate()}
      >
        {t('signIn.enrol.passkey')}
      </Button>
    </>
  );
}
