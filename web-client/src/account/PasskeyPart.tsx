import { Button, Input, Popconfirm, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addPasskey, hasPasskeys } from '../sign-in/passkey.ts';
import { SharedText } from '../ui/SharedText.tsx';
import styles from './AccountPage.module.css';
import type { PartProps } from './AccountPage.tsx';
import { accountApi } from './account-api.ts';
import { dayAndTime } from './day-and-time.ts';

/** Devices that open with a finger, a face or their PIN. */
export function PasskeyPart({ own, change }: PartProps) {
  const { t, i18n } = useTranslation();
  const [name, setName] = useState('');
  /** Whoever administers keeps one second factor. */
  const isLast = own.mustHaveSecondFactor && !own.totp && own.passkeys.length === 1;
  const add = () =>
    change(async () => {
      const added = await addPasskey(name.trim() || t('account.passkey.thisDevice'));
      if (added) setName('');
      return added;
    });
  return (
    <section className={styles.part}>
      <h2 className={styles.title}>{t('account.passkey.title')}</h2>
      <p className={styles.lead}>{t(hasPasskeys() ? 'account.passkey.lead' : 'account.passkey.cannot')}</p>
      {own.passkeys.map((passkey) => (
        <div key={passkey.id} className={styles.row}>
          <span className={styles.words}>
            <SharedText text={passkey.name} />
            <span className={styles.quiet}>
              {passkey.usedAt
                ? t('account.passkey.used', { when: dayAndTime(passkey.usedAt, i18n.language) })
                : t('account.passkey.added', { when: dayAndTime(passkey.createdAt, i18n.language) })}
            </span>
          </span>
          <Popconfirm
            title={t('account.passkey.removeHint', { name: passkey.name })}
            okText={t('account.passkey.remove')}
            cancelText={t('common.cancel')}
            okButtonProps={{ danger: true }}
            onConfirm={() => void change(() => accountApi.removePasskey(passkey.id))}
          >
            <Button danger disabled={isLast}>
              {t('account.passkey.remove')}
            </Button>
          </Popconfirm>
        </div>
      ))}
      {isLast && <p className={styles.quiet}>{t('account.passkey.last')}</p>}
      {hasPasskeys() && (
        <Space.Compact block>
          <Input
            value={name}
            maxLength={40}
            placeholder={t('account.passkey.name')}
            aria-label={t('account.passkey.name')}
            onChange={({ target }) => setName(target.value)}
          />
          <Button onClick={() => void add()} data-testid="add-passkey">
            {t('account.passkey.add')}
          </Button>
        </Space.Compact>
      )}
    </section>
  );
}
