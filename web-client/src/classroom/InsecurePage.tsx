import { IconLockOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { homePath } from '../room/room-memory.ts';
import { measure } from '../theme/tokens.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { InsecureHelp } from '../ui/InsecureHelp.tsx';
import { Message } from '../ui/Message.tsx';

export function InsecurePage() {
  const { t } = useTranslation();
  return (
    <Message
      page="stage"
      icon={<IconLockOpen size={measure.logo} aria-hidden="true" />}
      title={t('secure.title')}
      actions={<ButtonLink to={homePath()}>{t('common.backToToday')}</ButtonLink>}
    >
      <InsecureHelp />
    </Message>
  );
}
