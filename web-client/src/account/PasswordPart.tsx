import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AskForm } from '../sign-in/AskForm.tsx';
import { NewPasswordField } from '../sign-in/fields.tsx';
import styles from './AccountPage.module.css';
import type { PartProps } from './AccountPage.tsx';
import { accountApi } from './account-api.ts';
import { dayAndTime } from './day-and-time.ts';

/** One's own password. */
export function PasswordPart({ own, change }: PartProps) {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const { passwordChangedAt, minLength } = own;
  return (
    <section className={styles.part}>
      <h2 className={styles.title}>{t('account.password.title')}</h2>
      <p className={styles.lead}>
        {passwordChangedAt === null
          ? t('account.password.none')
          : t('account.password.since', { when: dayAndTime(passwordChangedAt, i18n.language) })}
      </p>
      {!open && (
        <Button onClick={() => setOpen(true)} data-testid="change-password">
          {passwordChangedAt === null ? t('account.password.set') : t('account.password.change')}
        </Button>
      )}
      {open && (
        <AskForm<{ current?: string; password: string }>
          word={t('account.password.save')}
          send={async ({ current, password }) => {
            const changed = await accountApi.changePassword({ current: current ?? null, password });
            setOpen(false);
            void message.success(t('account.password.changed'));
            await change(async () => changed);
          }}
        >
          {passwordChangedAt !== null && (
            <Form.Item
              name="current"
              label={t('account.password.current')}
              rules={[{ required: true, message: t('admin.field.required') }]}
            >
              <Input.Password size="large" autoComplete="current-password" maxLength={400} />
            </Form.Item>
          )}
          <NewPasswordField minLength={minLength} />
        </AskForm>
      )}
    </section>
  );
}
