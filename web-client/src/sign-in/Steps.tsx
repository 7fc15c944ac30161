import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Session } from '#protocol/session.ts';
import { platform } from '../api/platform.ts';
import { sessionQuery } from '../api/queries.ts';
import { AskForm } from './AskForm.tsx';
import styles from './Card.module.css';
import { Card } from './Card.tsx';
import { EnrolPasskey } from './EnrolPasskey.tsx';
import { EnrolTotp } from './EnrolTotp.tsx';
import { CodeField, NewPasswordField } from './fields.tsx';
import { PasskeyButton } from './PasskeyButton.tsx';
import { signInApi } from './sign-in-api.ts';
import { useCameIn } from './use-came-in.ts';

/** What a session that was opened still needs, one after the other. */
export function Steps({ session, next }: { session: Session; next: string }) {
  const { t } = useTranslation();
  const cameIn = useCameIn(next);
  const { data: ways } = useQuery({ queryKey: ['sign-in-ways'], queryFn: signInApi.ways });
  const { name } = session;
  switch (session.needs) {
    case 'secondFactor':
      return (
        <Card title={t('signIn.second.title')} lead={t('signIn.second.lead', { name })}>
          <AskForm<{ code: string }>
            word={t('signIn.second.send')}
            amiss={{ code: t('signIn.codeWrong') }}
            send={async ({ code }) => cameIn(await signInApi.withCode(code))}
          >
            <CodeField />
          </AskForm>
          <p className={styles.hint}>{t('signIn.second.lost')}</p>
          <div className={styles.ways}>
            <PasskeyButton cameIn={cameIn} />
            <Back session={session} next={next} />
          </div>
        </Card>
      );
    case 'newPassword':
      return (
        <Card title={t('signIn.fresh.title')} lead={t('signIn.fresh.lead', { name })}>
          <AskForm<{ password: string }>
            word={t('signIn.fresh.send')}
            send={async ({ password }) => cameIn(await signInApi.newPassword(password))}
          >
            {ways && <NewPasswordField minLength={ways.minLength} />}
          </AskForm>
          <div className={styles.ways}>
            <Back session={session} next={next} />
          </div>
        </Card>
      );
    default:
      return (
        <Card title={t('signIn.enrol.title')} lead={t('signIn.enrol.lead', { name })}>
          <EnrolTotp name={name ?? ''} done={() => void platform.session().then(cameIn)} />
          <div className={styles.ways}>
            {ways?.passkeys && <EnrolPasskey done={() => void platform.session().then(cameIn)} />}
            <Back session={session} next={next} />
          </div>
        </Card>
      );
  }
}

/** Out of it again: as another of one's roles that needs none of this, or not at all. */
function Back({ session, next }: { session: Session; next: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const cameIn = useCameIn(next);
  const other = session.grants.find(({ role }) => !['administrator', 'security', 'auditor'].includes(role));
  return (
    <>
      {session.needs === 'enrolSecondFactor' && other && (
        <Button block onClick={() => void signInApi.actAs(other).then(cameIn)}>
          {t('signIn.asOther', { role: t(`role.${other.role}`), organization: other.organizationName })}
        </Button>
      )}
      <Button
        type="text"
        block
        onClick={() =>
          void platform.signOut().then((ended) => queries.setQueryData(sessionQuery.queryKey, ended))
        }
      >
        {t('signIn.cancel')}
      </Button>
    </>
  );
}
