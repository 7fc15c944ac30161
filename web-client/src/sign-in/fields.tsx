import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

/** A new password, as the platform asks for one. */
export function NewPasswordField({ minLength }: { minLength: number }) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="password"
      label={t('signIn.newPassword')}
      extra={t('signIn.passwordHint', { min: minLength })}
      rules={[{ required: true, message: t('admin.field.required') }]}
    >
      <Input.Password size="large" autoComplete="new-password" maxLength={400} data-testid="new-password" />
    </Form.Item>
  );
}

export function LoginField({ hint, label }: { hint?: string; label?: string }) {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="login"
      label={label ?? t('signIn.login')}
      extra={hint}
      rules={[{ required: true, message: t('admin.field.required') }]}
    >
      <Input
        size="large"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={80}
        data-testid="login"
      />
    </Form.Item>
  );
}

/** Six figures of an app, or a recovery code. */
export function CodeField() {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="code"
      label={t('signIn.code')}
      rules={[{ required: true, message: t('admin.field.required') }]}
    >
      <Input size="large" autoFocus autoComplete="one-time-code" maxLength={20} data-testid="code" />
    </Form.Item>
  );
}
