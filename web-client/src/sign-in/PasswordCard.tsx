import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Session } from '#protocol/session.ts';
import { AskForm } from './AskForm.tsx';
import styles from './Card.module.css';
import { Card } from './Card.tsx';
import { LoginField } from './fields.tsx';
import { PasskeyButton } from './PasskeyButton.tsx';
import { signInApi } from './sign-in-api.ts';

interface Props {
  cameIn: (session: Session) => Promise<void>;
  next: string;
}

/** Login and password, and the other ways in below them. */
export function PasswordCard({ cameIn, next }: Props) {
  const { t } = useTranslation();
  const { data: ways } = useQuery({ queryKey: ['sign-in-ways'], queryFn: signInApi.ways });
  const providers = ways?.providers ?? [];
  return (
    <Card title={t('signIn.password.title')}>
      {ways?.firstStart && (
        <Alert
          className={styles.trouble}
          type="info"
          showIcon
          title={t('signIn.password.first')}
          description={t('signIn.password.firstLost')}
        />
      )}
      <AskForm<{ login: string; password: string }>
        word={t('signIn.password.send')}
        send={async (given) => cameIn(await signInApi.withPassword(given))}
      >
        <LoginField />
        <Form.Item
          name="password"
          label={t('signIn.password.word')}
          rules={[{ required: true, message: t('admin.field.required') }]}
        >
          <Input.Password
            size="large"
            autoComplete="current-password"
            maxLength={400}
            data-testid="password"
          />
        </Form.Item>
      </AskForm>
      {!ways?.firstStart && <p className={styles.hint}>{t('signIn.password.forgotten')}</p>}
      {!ways?.firstStart && (ways?.passkeys || providers.length > 0) && (
        <div className={styles.ways}>
          {ways?.passkeys && <PasskeyButton cameIn={cameIn} />}
          {providers.map(({ id, name }) => (
            <Button
              key={id}
              block
              size="large"
              href={`/api/sign-in/providers/${encodeURIComponent(id)}?next=${encodeURIComponent(next)}`}
            >
              {t('signIn.provider', { name })}
            </Button>
          ))}
        </div>
      )}
    </Card>
  );
}
