import { IconDoorOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PageErrorCode } from '../i18n/errors.ts';
import { measure } from '../theme/tokens.ts';
import { Button, ButtonLink } from '../ui/Button.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Message } from '../ui/Message.tsx';

const HOPELESS: readonly PageErrorCode[] = ['NOT_FOUND', 'FORBIDDEN'];

/** The lesson cannot be entered: why, and the ways on. */
export function RefusedPage({ code }: { code: PageErrorCode }) {
  const { t } = useTranslation();
  return (
    <Message
      page="stage"
      icon={<IconDoorOff size={measure.logo} aria-hidden="true" />}
      title={t('stage.refusedTitle')}
      actions={
        <>
          {!HOPELESS.includes(code) && <Button onClick={() => location.reload()}>{t('common.retry')}</Button>}
          <ButtonLink kind="primary" to="/">
            {t('common.backToToday')}
          </ButtonLink>
        </>
      }
    >
      <ErrorNote code={code} />
    </Message>
  );
}
