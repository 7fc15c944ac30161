import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { z } from 'zod';
import { Identity, OidcProblem, ProviderAddress } from '#protocol/oidc.ts';
import styles from '../account/AccountPage.module.css';
import { ApiError } from '../api/api-error.ts';
import { call } from '../api/call.ts';
import { signInApi } from '../sign-in/sign-in-api.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { longDate } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';

const KEY = ['identities'];
const List = z.array(Identity);

/** On one's own page: accounts of other systems that open this one; one more, or one less. */
export function IdentityPart() {
  const { t } = useTranslation();
  const language = useLanguage();
  const queries = useQueryClient();
  const [search] = useSearchParams();
  const problem = OidcProblem.safeParse(search.get('problem')).data;
  const { data: ways } = useQuery({ queryKey: ['sign-in-ways'], queryFn: signInApi.ways });
  const { data: identities } = useQuery({ queryKey: KEY, queryFn: () => call(List, '/api/identities') });
  const link = useMutation({
    mutationFn: () =>
      call(ProviderAddress, '/api/identities', { method: 'POST', body: { next: location.pathname } }),
    onSuccess: ({ address }) => location.assign(address),
  });
  const unlink = useMutation({
    mutationFn: (id: string) => call(List, `/api/identities/${id}`, { method: 'DELETE' }),
    onSuccess: (left) => queries.setQueryData(KEY, left),
  });
  const [provider] = ways?.providers ?? [];
  if (!identities || (!provider && identities.length === 0)) return null;
  const failure = link.error ?? unlink.error;
  const code = failure ? ApiError.from(failure).code : problem;
  return (
    <section className={styles.part}>
      <h2 className={styles.title}>{t('signIn.identity.title')}</h2>
      <p className={styles.lead}>{t('signIn.identity.lead')}</p>
      {code && <Alert type="warning" showIcon title={<ErrorNote code={code} />} />}
      {identities.map(({ identityId, providerName, linkedAt }) => (
        <div key={identityId} className={styles.row}>
          <span className={styles.words}>
            {providerName}
            <span className={styles.quiet}>
              {t('signIn.identity.linked', { date: longDate(linkedAt, language) })}
            </span>
          </span>
          <Button danger loading={unlink.isPending} onClick={() => unlink.mutate(identityId)}>
            {t('signIn.identity.unlink')}
          </Button>
        </div>
      ))}
      {provider && (
        <Button loading={link.isPending} data-testid="link-identity" onClick={() => link.mutate()}>
          {t('signIn.identity.link', { name: provider.name })}
        </Button>
      )}
    </section>
  );
}
