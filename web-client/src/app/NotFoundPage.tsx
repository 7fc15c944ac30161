import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../ui/Button.tsx';
import { Logo } from '../ui/Logo.tsx';
import { Message } from '../ui/Message.tsx';

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Message
      page="office"
      icon={<Logo />}
      title={t('notFound.title')}
      actions={
        <ButtonLink kind="primary" to="/">
          {t('common.backToToday')}
        </ButtonLink>
      }
    >
      {t('notFound.lead')}
    </Message>
  );
}
