import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Grant } from '#protocol/session.ts';
import { sessionQuery } from '../api/queries.ts';
import { signInApi } from '../sign-in/sign-in-api.ts';
import { useCameIn } from '../sign-in/use-came-in.ts';

const keyOf = ({ role, organizationId }: Pick<Grant, 'role' | 'organizationId'>) =>
  `${role} ${organizationId}`;

/** As whom somebody with several roles works now; nothing for everybody else. */
export function RoleSwitch() {
  const { t } = useTranslation();
  const { data: session } = useQuery(sessionQuery);
  const cameIn = useCameIn('/');
  if (!session?.account || session.grants.length < 2) return null;
  return (
    <Select
      size="small"
      variant="filled"
      popupMatchSelectWidth={false}
      aria-label={t('signIn.actAs')}
      data-testid="role-switch"
      value={keyOf(session.account)}
      options={session.grants.map((grant) => ({
        value: keyOf(grant),
        label: `${t(`role.${grant.role}`)} · ${grant.organizationName}`,
      }))}
      onChange={async (key) => {
        const grant = session.grants.find((one) => keyOf(one) === key);
        if (grant) await cameIn(await signInApi.actAs(grant));
      }}
    />
  );
}
