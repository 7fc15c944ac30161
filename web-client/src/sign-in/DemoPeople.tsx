import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Empty, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Session } from '#protocol/session.ts';
import { ApiError } from '../api/api-error.ts';
import { platform } from '../api/platform.ts';
import { demoAccountsQuery } from '../api/queries.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { AccountButton } from './AccountButton.tsx';
import styles from './SignInPage.module.css';
import { schools } from './schools.ts';

/** The demo's people and rooms: one touch, no password. */
export function DemoPeople({ cameIn }: { cameIn: (session: Session) => Promise<void> }) {
  const { t } = useTranslation();
  const accounts = useQuery(demoAccountsQuery);
  const signIn = useMutation({ mutationFn: platform.signIn, onSuccess: cameIn });
  const failure = signIn.error ?? accounts.error;
  return (
    <>
      <h2 className={styles.title}>{t('signIn.title')}</h2>
      <p className={styles.lead}>{t('signIn.lead')}</p>
      {failure && (
        <Alert
          className={styles.error}
          type="error"
          showIcon
          title={<ErrorNote code={ApiError.from(failure).code} />}
        />
      )}
      {accounts.isPending && accounts.fetchStatus === 'fetching' && <Skeleton active />}
      {accounts.data?.length === 0 && <Empty description={t('signIn.empty')} />}
      <div className={styles.schools}>
        {schools(accounts.data ?? []).map(({ organizationId, name, people, rooms }) => (
          <section key={organizationId}>
            <h3 className={styles.schoolName}>{name}</h3>
            <div className={styles.accounts}>
              {[...people, ...rooms].map((account) => (
                <AccountButton
                  key={account.accountId}
                  account={account}
                  disabled={signIn.isPending}
                  onChoose={() => signIn.mutate(account.accountId)}
                />
              ))}
            </div>
          </section>
        ))}
      </div>
    </>
  );
}
