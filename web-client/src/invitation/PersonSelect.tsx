import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { InvitablePerson } from '#protocol/invitation.ts';
import { call } from '../api/call.ts';

interface Props {
  id?: string;
  value?: string;
  onChange?: (accountId: string) => void;
  /** Answers `?organizationId=&q=` with `InvitablePerson[]`. */
  path: '/api/activities/people' | '/api/series/people';
  organizationId: string;
  /** Who is chosen already, to be named before anybody is looked for. */
  known?: { accountId: string; name: string };
}

/** Somebody of the county, found by a part of the name. */
export function PersonSelect({ id, value, onChange, path, organizationId, known }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const q = useDeferredValue(text);
  const { data } = useQuery({
    queryKey: [path, organizationId, q],
    queryFn: () => call(z.array(InvitablePerson), `${path}?${new URLSearchParams({ organizationId, q })}`),
    placeholderData: keepPreviousData,
  });
  const people = data ?? [];
  const named = known && !people.some(({ accountId }) => accountId === known.accountId) ? [known] : [];
  return (
    <Select
      {...(id !== undefined && { id })}
      {...(value !== undefined && value !== '' && { value })}
      onChange={onChange}
      showSearch={{ filterOption: false, onSearch: setText }}
      placeholder={t('invitation.findPerson')}
      notFoundContent={t('invitation.nobodyFound')}
      options={[
        ...named.map(({ accountId, name }) => ({ value: accountId, label: name })),
        ...people.map(({ accountId, name, organizationName }) => ({
          value: accountId,
          label: `${name} · ${organizationName}`,
        })),
      ]}
    />
  );
}
