import { useQuery } from '@tanstack/react-query';
import { Form, Input, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FirstStart } from '#protocol/sign-in.ts';
import { sessionQuery } from '../api/queries.ts';
import { Waiting } from '../ui/Waiting.tsx';
import { AskForm } from './AskForm.tsx';
import { Card } from './Card.tsx';
import { LoginField, NewPasswordField } from './fields.tsx';
import { LinkProblem } from './LinkPage.tsx';
import { Steps } from './Steps.tsx';
import { signInApi } from './sign-in-api.ts';
import { useCameIn } from './use-came-in.ts';
import { useLinkToken } from './use-link-token.ts';

/** An empty platform begins with the guide. */
const AFTERWARDS = '/admin/start';
type Values = Omit<FirstStart, 'token'>;

/** From an empty platform to its first administrator. */
export function FirstStartPage() {
  const { t } = useTranslation();
  const token = useLinkToken();
  const cameIn = useCameIn(AFTERWARDS);
  const [made, setMade] = useState(false);
  const { data: session } = useQuery(sessionQuery);
  const subject = useQuery({
    queryKey: ['first-start', token],
    queryFn: () => signInApi.lookAtFirstStart(token),
    retry: false,
    enabled: !made,
  });
  if (made && session?.needs) return <Steps session={session} next={AFTERWARDS} />;
  if (subject.error) return <LinkProblem error={subject.error} />;
  if (!subject.data) return <Waiting />;
  const { organizationName, minLength } = subject.data;
  const required = [{ required: true, message: t('admin.field.required') }];
  return (
    <Card title={t('signIn.first.title')} lead={t('signIn.first.lead')}>
      <AskForm<Values>
        word={t('signIn.first.send')}
        amiss={{ login: t('signIn.loginFormat') }}
        initial={organizationName === null ? { organization: { name: '', kind: 'bureau' } } : {}}
        send={async (given) => {
          const opened = await signInApi.firstStart({
            ...given,
            organization: given.organization ?? null,
            token,
          });
          setMade(true);
          await cameIn(opened);
        }}
      >
        {organizationName === null ? (
          <>
            <Form.Item name={['organization', 'kind']} label={t('signIn.first.kind')}>
              <Segmented
                block
                options={[
                  { value: 'bureau', label: t('signIn.first.bureau') },
                  { value: 'school', label: t('signIn.first.school') },
                ]}
              />
            </Form.Item>
            <Form.Item
              name={['organization', 'name']}
              label={t('signIn.first.organization')}
              extra={t('signIn.first.organizationHint')}
              rules={required}
            >
              <Input size="large" maxLength={120} data-testid="organization" />
            </Form.Item>
          </>
        ) : (
          <p>{t('signIn.first.at', { organization: organizationName })}</p>
        )}
        <Form.Item name="name" label={t('signIn.first.name')} rules={required}>
          <Input size="large" autoComplete="name" maxLength={80} data-testid="name" />
        </Form.Item>
        <LoginField hint={t('signIn.loginHint')} />
        <NewPasswordField minLength={minLength} />
      </AskForm>
    </Card>
  );
}
