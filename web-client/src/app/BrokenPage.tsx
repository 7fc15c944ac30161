import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { Button } from '../ui/Button.tsx';
import { Logo } from '../ui/Logo.tsx';
import { Message } from '../ui/Message.tsx';
import { reloadIfReplaced } from './replaced.ts';

/** What is shown when a page's own code failed, or its chunk is gone after an update of the platform. */
export function BrokenPage() {
  const { t } = useTranslation();
  const error = useRouteError();
  useEffect(() => void reloadIfReplaced(), []);
  return (
    <Message
      page="office"
      icon={<Logo />}
      title={t('broken.title')}
      actions={
        <Button kind="primary" onClick={() => location.reload()}>
          {t('common.reload')}
        </Button>
      }
    >
      <p>{t('broken.lead')}</p>
      <code>{error instanceof Error ? `${error.name}: ${error.message}` : String(error)}</code>
    </Message>
  );
}
