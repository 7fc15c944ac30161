import { IconFingerprint } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Session } from '#protocol/session.ts';
import { ApiError } from '../api/api-error.ts';
import { measure } from '../theme/tokens.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { hasPasskeys, signInWithPasskey } from './passkey.ts';

/** In with a finger, a face or this device's PIN; only where the browser has that. */
export function PasskeyButton({ cameIn }: { cameIn: (session: Session) => Promise<void> }) {
  const { t } = useTranslation();
  const ask = useMutation({
    mutationFn: signInWithPasskey,
    onSuccess: async (session) => {
      if (session) await cameIn(session);
    },
  });
  if (!hasPasskeys()) return null;
  return (
    <>
      {ask.error && (
        <Alert type="error" showIcon title={<ErrorNote code={ApiError.from(ask.error).code} />} />
      )}
      <Button
        block
        size="large"
        icon={<IconFingerprint size={measure.icon} aria-hidden="true" />}
        loading={ask.isPending}
        data-testid="with-passkey"
        onClick={() => ask.mutate()}
      >
        {t('signIn.passkey')}
      </Button>
    </>
  );
}
