import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import type { OwnAccount } from '#protocol/sign-in.ts';
import { PageHead } from '../admin/kit/PageHead.tsx';
import { ApiError } from '../api/api-error.ts';
import { SignedIn } from '../app/SignedIn.tsx';
import { IdentityPart } from '../oidc/IdentityPart.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import styles from './AccountPage.module.css';
import { accountApi } from './account-api.ts';
import { FactorPart } from './FactorPart.tsx';
import { PasskeyPart } from './PasskeyPart.tsx';
import { PasswordPart } from './PasswordPart.tsx';
import { SessionPart } from './SessionPart.tsx';

/** One's own account: who one is here, how one comes in, where one is signed in. */
export function AccountPage() {
  return (
    <SignedIn>
      {() => (
        <App>
          <Own />
        </App>
      )}
    </SignedIn>
  );
}

const KEY = ['own-account'];

/** What every part of the page is given. */
export interface PartProps {
  own: OwnAccount;
  /** Carries out a change and shows the account as it is afterwards. */
  change: (work: () => Promise<OwnAccount | null>) => Promise<void>;
}

function Own() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data: own, error } = useQuery({ queryKey: KEY, queryFn: accountApi.own });
  const changing = useMutation({
    mutationFn: (work: () => Promise<OwnAccount | null>) => work(),
    onSuccess: (changed) => {
      if (changed) queries.setQueryData(KEY, changed);
      else void queries.invalidateQueries({ queryKey: KEY });
    },
  });
  const failure = changing.error ?? error;
  const change: PartProps['change'] = async (work) => {
    await changing.mutateAsync(work).catch(() => undefined);
  };
  return (
    <div className={styles.page}>
      <PageHead title={t('account.title')} lead={t('account.lead')} />
      {failure && <Alert type="error" showIcon title={<ErrorNote code={ApiError.from(failure).code} />} />}
      {!own && !error && <Skeleton active />}
      {own && (
        <>
          <section className={styles.part}>
            <h2 className={styles.title}>{own.name}</h2>
            <dl className={styles.facts}>
              <dt>{t('signIn.login')}</dt>
              <dd>{own.login ?? t('account.noLogin')}</dd>
              <dt>{t('account.roles')}</dt>
              <dd>
                {own.grants.map(({ role, organizationId, organizationName }) => (
                  <div key={`${role} ${organizationId}`}>
                    {t(`role.${role}`)} · {organizationName}
                  </div>
                ))}
              </dd>
            </dl>
          </section>
          <PasswordPart own={own} change={change} />
          <FactorPart own={own} change={change} />
          <PasskeyPart own={own} change={change} />
          <IdentityPart />
          <SessionPart own={own} change={change} />
        </>
      )}
    </div>
  );
}
