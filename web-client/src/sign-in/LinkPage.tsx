import { IconLinkOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.ts';
import { sessionQuery } from '../api/queries.ts';
import { measure } from '../theme/tokens.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Message } from '../ui/Message.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import { AskForm } from './AskForm.tsx';
import { Card } from './Card.tsx';
import { LoginField, NewPasswordField } from './fields.tsx';
import { Steps } from './Steps.tsx';
import { signInApi } from './sign-in-api.ts';
import { useCameIn } from './use-came-in.ts';
import { useLinkToken } from './use-link-token.ts';

/** Opened by a one-time link: sets one's own password and goes in. */
export function LinkPage() {
  const { t } = useTranslation();
  const token = useLinkToken();
  const cameIn = useCameIn('/');
  const [used, setUsed] = useState(false);
  const { data: session } = useQuery(sessionQuery);
  const subject = useQuery({
    queryKey: ['link', token],
    queryFn: () => signInApi.lookAtLink(token),
    retry: false,
    enabled: !used,
  });
  if (used && session?.needs) return <Steps session={session} next="/" />;
  if (subject.error) return <LinkProblem error={subject.error} />;
  if (!subject.data) return <Waiting />;
  const { name, login, minLength } = subject.data;
  return (
    <Card title={t('signIn.link.title', { name })} lead={t('signIn.link.lead')}>
      <AskForm<{ login: string; password: string }>
        word={t('signIn.link.send')}
        amiss={{ login: t('signIn.loginFormat') }}
        initial={{ login: login ?? '' }}
        send={async (given) => {
          const chosen = login === null ? given.login : undefined;
          const opened = await signInApi.redeemLink({ token, password: given.password, login: chosen });
          setUsed(true);
          await cameIn(opened);
        }}
      >
        {login === null ? (
          <LoginField hint={t('signIn.loginHint')} />
        ) : (
          <p>{t('signIn.link.login', { login })}</p>
        )}
        <NewPasswordField minLength={minLength} />
      </AskForm>
    </Card>
  );
}

/** A link that opens nothing. */
export function LinkProblem({ error }: { error: Error }) {
  const { t } = useTranslation();
  return (
    <Message
      icon={<IconLinkOff size={measure.logo} aria-hidden="true" />}
      title={t('signIn.link.gone')}
      actions={
        <ButtonLink kind="primary" to="/sign-in">
          {t('signIn.again')}
        </ButtonLink>
      }
    >
      <ErrorNote code={ApiError.from(error).code} />
    </Message>
  );
}
