import { Alert, Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EnrolTotp } from '../sign-in/EnrolTotp.tsx';
import { RecoveryCodeList } from '../sign-in/RecoveryCodeList.tsx';
import styles from './AccountPage.module.css';
import type { PartProps } from './AccountPage.tsx';
import { accountApi } from './account-api.ts';

const FEW_CODES = 3;

/** The second factor: an app on the telephone, and the codes on paper beside it. */
export function FactorPart({ own, change }: PartProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [codes, setCodes] = useState<string[] | null>(null);
  const mayRemove = !own.mustHaveSecondFactor || own.passkeys.length > 0;
  const left = t('account.factor.left', { count: own.recoveryCodesLeft });
  const shut = () => {
    setOpen(false);
    setCodes(null);
    void change(accountApi.own);
  };
  return (
    <section className={styles.part}>
      <h2 className={styles.title}>{t('account.factor.title')}</h2>
      <p className={styles.lead}>{t(own.totp ? 'account.factor.on' : 'account.factor.off')}</p>
      {codes && <RecoveryCodeList codes={codes} name={own.name} done={shut} />}
      {open && <EnrolTotp name={own.name} done={shut} />}
      {own.totp && !codes && !open && (
        <>
          {own.recoveryCodesLeft < FEW_CODES ? (
            <Alert type="warning" showIcon title={left} />
          ) : (
            <p className={styles.quiet}>{left}</p>
          )}
          <div className={styles.actions}>
            <Button
              onClick={() =>
                void change(async () => {
                  setCodes((await accountApi.recoveryCodes()).codes);
                  return null;
                })
              }
            >
              {t('account.factor.renew')}
            </Button>
            {mayRemove && (
              <Popconfirm
                title={t('account.factor.removeHint')}
                okText={t('account.factor.remove')}
                cancelText={t('common.cancel')}
                okButtonProps={{ danger: true }}
                onConfirm={() => void change(accountApi.removeTotp)}
              >
                <Button danger>{t('account.factor.remove')}</Button>
              </Popconfirm>
            )}
          </div>
        </>
      )}
      {!own.totp && !open && (
        <Button onClick={() => setOpen(true)} data-testid="enrol">
          {t('account.factor.set')}
        </Button>
      )}
    </section>
  );
}
