import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Empty, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { ApiError } from '../api/api-error.ts';
import { platform } from '../api/platform.ts';
import { aboutQuery, demoAccountsQuery, sessionQuery } from '../api/queries.ts';
import { InsecureNote } from '../office/InsecureNote.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { AccountButton } from './AccountButton.tsx';
import { LinkedRooms } from './LinkedRooms.tsx';
import styles from './SignInPage.module.css';
import { schools } from './schools.ts';

/** Only a path of this very site: a link that someone sends must not lead away after signing in. */
const safePath = (next: string | null): string => (next && /^\/(?![/\\])/.test(next) ? next : '/');

export function SignInPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const queries = useQueryClient();
  const { data: about } = useQuery(aboutQuery);
  const accounts = useQuery({ ...demoAccountsQuery, enabled: about?.demoSignIn !== false });
  const signIn = useMutation({
    mutationFn: platform.signIn,
    onSuccess: async (session) => {
      // What the last person saw is not this one's to see.
      queries.removeQueries({
        predicate: ({ queryKey }) => queryKey[0] !== 'about' && queryKey[0] !== 'session',
      });
      queries.setQueryData(sessionQuery.queryKey, session);
      await navigate(safePath(search.get('next')), { replace: true });
    },
  });
  const failure = signIn.error ?? accounts.error;
  return (
    <>
      <InsecureNote />
      <section className={styles.head}>
        <div className={styles.words}>
          <h1 className={styles.slogan}>{t('product.slogan')}</h1>
          <p className={styles.about}>{t('product.about')}</p>
        </div>
        <LinkedRooms className={styles.picture} />
      </section>
      <h2 className={styles.title}>{t('signIn.title')}</h2>
      <p className={styles.lead}>{t(about?.demoSignIn === false ? 'signIn.closed' : 'signIn.lead')}</p>
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
