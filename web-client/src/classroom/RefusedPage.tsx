import { IconDoorOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import type { PageErrorCode } from '../i18n/errors.ts';
import { homePath, isRoomHere } from '../room/room-memory.ts';
import { measure } from '../theme/tokens.ts';
import { Button, ButtonLink } from '../ui/Button.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Message } from '../ui/Message.tsx';

const HOPELESS: readonly PageErrorCode[] = ['NOT_FOUND', 'FORBIDDEN'];
/** What signing in again mends. */
const SIGNED_OUT: readonly PageErrorCode[] = [
  'NOT_SIGNED_IN',
  'SESSION_ENDED',
  'ACCOUNT_DISABLED',
  'SECOND_FACTOR_NEEDED',
  'NEW_PASSWORD_NEEDED',
];

/** The lesson cannot be entered: why, and the ways on. */
export function RefusedPage({ code }: { code: PageErrorCode }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const isSignedOut = SIGNED_OUT.includes(code);
  // A room has no account to type: its own screen says what to do.
  if (isSignedOut && isRoomHere()) return <Navigate replace to="/room" />;
  // The whole page anew: nothing of the ended session stays in it.
  const again = `/sign-in?next=${encodeURIComponent(pathname)}`;
  return (
    <Message
      page="stage"
      icon={<IconDoorOff size={measure.logo} aria-hidden="true" />}
      title={t(isSignedOut ? 'signIn.endedTitle' : 'stage.refusedTitle')}
      actions={
        isSignedOut ? (
          <Button kind="primary" onClick={() => location.assign(again)}>
            {t('signIn.again')}
          </Button>
        ) : (
          <>
            {!HOPELESS.includes(code) && (
              <Button onClick={() => location.reload()}>{t('common.retry')}</Button>
            )}
            <ButtonLink kind="primary" to={homePath()}>
              {t('common.backToToday')}
            </ButtonLink>
          </>
        )
      }
    >
      <ErrorNote code={code} />
    </Message>
  );
}
