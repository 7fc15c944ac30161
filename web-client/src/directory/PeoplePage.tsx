import { IconClipboardText, IconPlus } from '@tabler/icons-react';
import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOutletContext, useSearchParams } from 'react-router';
import { Person, PersonRole, PersonState } from '#protocol/directory.ts';
import type { Account } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import { scopeOf } from '#protocol/office.ts';
import { DataTable } from '../admin/kit/DataTable.tsx';
import { PageHead } from '../admin/kit/PageHead.tsx';
import type { TableColumn } from '../admin/kit/table-column.ts';
import { useUndoToast } from '../admin/kit/use-undo-toast.tsx';
import { measure } from '../theme/tokens.ts';
import { BulkBar } from './BulkBar.tsx';
import styles from './Directory.module.css';
import { useOrganizationOptions } from './OrganizationSelect.tsx';
import { PasteDrawer } from './PasteDrawer.tsx';
import { PersonForm } from './PersonForm.tsx';
import { Slips } from './Slips.tsx';

/** Everybody: found, made one by one or many at once, given roles and ways in. */
export function PeoplePage() {
  const { t } = useTranslation();
  const account = useOutletContext<Account>();
  const [params] = useSearchParams();
  const may = (action: Parameters<typeof scopeOf>[1]) => scopeOf(account.role, action) !== null;
  const [edited, setEdited] = useState<Person | 'new' | null>(null);
  const [pasting, setPasting] = useState(false);
  const [made, setMade] = useState<{ accountId: Id; name: string; login: string | null }[] | null>(null);
  const toast = useUndoToast();
  const organizations = useOrganizationOptions();
  const usual = params.get('organization') ?? account.organizationId;
  const opens = may('person.edit') || may('person.grant');

  const columns: TableColumn<Person>[] = [
    {
      key: 'name',
      title: t('directory.person.name'),
      sort: true,
      value: (person) =>
        opens ? (
          <button type="button" className={styles.open} onClick={() => setEdited(person)}>
            <bdi>{person.name}</bdi>
          </button>
        ) : (
          <bdi className={styles.name}>{person.name}</bdi>
        ),
    },
    {
      key: 'role',
      title: t('directory.person.roles'),
      filter: { options: PersonRole.options.map((value) => ({ value, label: t(`role.${value}`) })) },
      value: ({ roles, organizationId }) => (
        <span className={styles.tags}>
          {roles.map((role) => (
            <Tag key={`${role.role} ${role.organizationId}`}>
              {t(`role.${role.role}`)}
              {role.organizationId !== organizationId && ` · ${role.organizationName}`}
            </Tag>
          ))}
        </span>
      ),
    },
    {
      key: 'organization',
      title: t('directory.place'),
      sort: true,
      filter: { options: organizations },
      value: ({ organizationName, classGroups }) => (
        <>
          <bdi>{organizationName}</bdi>
          {classGroups.length > 0 && (
            <div className={styles.quiet}>
              {classGroups.map(({ name }) => name).join(t('common.separator'))}
            </div>
          )}
        </>
      ),
    },
    { key: 'login', title: t('directory.person.login'), sort: true, value: ({ login }) => login ?? '—' },
    {
      key: 'number',
      title: t('directory.person.number'),
      sort: true,
      wideOnly: true,
      value: ({ number }) => number ?? '—',
    },
    {
      key: 'state',
      title: t('directory.state'),
      filter: {
        options: PersonState.options.map((value) => ({ value, label: t(`directory.person.state.${value}`) })),
      },
      value: ({ state }) =>
        state === 'active' ? (
          t('directory.person.state.active')
        ) : (
          <Tag color={state === 'disabled' ? 'error' : 'default'}>{t(`directory.person.state.${state}`)}</Tag>
        ),
    },
  ];
  const pasteButton = may('person.edit') && (
    <Button
      icon={<IconClipboardText size={measure.icon} stroke={1.5} />}
      data-testid="paste-people"
      onClick={() => setPasting(true)}
    >
      {t('paste.open')}
    </Button>
  );
  return (
    <>
      <PageHead
        title={t('directory.person.title')}
        lead={t('directory.person.lead')}
        more={pasteButton}
        action={
          may('person.edit') && (
            <Button
              type="primary"
              icon={<IconPlus size={measure.icon} stroke={1.5} />}
              data-testid="add-person"
              onClick={() => setEdited('new')}
            >
              {t('directory.person.add')}
            </Button>
          )
        }
      />
      <DataTable<Person>
        label={t('directory.person.title')}
        columns={columns}
        source={{ path: '/api/people', row: Person }}
        keyOf={({ accountId }) => accountId}
        searchWord={t('directory.person.search')}
        empty={{
          title: t('directory.person.empty'),
          hint: t('directory.person.emptyHint'),
          action: pasteButton,
        }}
        {...(opens && {
          onOpen: setEdited,
          bulk: (people, clear) => <BulkBar account={account} people={people} usual={usual} clear={clear} />,
        })}
      />
      <PersonForm
        account={account}
        person={edited === 'new' ? null : edited}
        usual={usual}
        open={edited !== null}
        onClose={() => setEdited(null)}
        onSaved={(saved, isNew) => {
          toast(t(isNew ? 'directory.made' : 'directory.saved', { name: saved.name }));
          if (isNew && saved.login !== null) setMade([saved]);
        }}
      />
      {pasting && (
        <PasteDrawer
          classGroup={null}
          usual={usual}
          onClose={() => setPasting(false)}
          onDone={(people) => {
            setPasting(false);
            toast(t('paste.done', { count: people.length }));
            const staff = people.filter(({ login }) => login !== null);
            if (staff.length > 0) setMade(staff);
          }}
        />
      )}
      {made && <Slips people={made} onClose={() => setMade(null)} />}
    </>
  );
}
