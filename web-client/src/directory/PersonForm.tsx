import { useQuery } from '@tanstack/react-query';
import { Checkbox, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Person, RoleAt } from '#protocol/directory.ts';
import type { Account } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import { scopeOf } from '#protocol/office.ts';
import { FormDrawer } from '../admin/kit/FormDrawer.tsx';
import { AccessTools } from './AccessTools.tsx';
import { directory, directoryChanged } from './directory-api.ts';
import { OrganizationSelect } from './OrganizationSelect.tsx';
import { RolesField } from './RolesField.tsx';

interface Values {
  name: string;
  isNickname: boolean;
  organizationId: Id;
  number: string;
  login: string;
  roles: RoleAt[];
  classGroupIds: Id[];
}

interface Props {
  account: Account;
  /** Null: a new one. */
  person: Person | null;
  /** Where a new one most likely belongs. */
  usual: Id;
  open: boolean;
  onClose: () => void;
  onSaved: (saved: Person, isNew: boolean) => void;
}

const valuesOf = (person: Person): Values => ({
  name: person.name,
  isNickname: person.isNickname,
  organizationId: person.organizationId,
  number: person.number ?? '',
  login: person.login ?? '',
  roles: person.roles.map(({ role, organizationId }) => ({ role, organizationId })),
  classGroupIds: person.classGroups.map(({ classGroupId }) => classGroupId),
});

/** One person: who they are, what they are where, and how they come in. */
export function PersonForm({ account, person, usual, open, onClose, onSaved }: Props) {
  const { t } = useTranslation();
  const mayEdit = scopeOf(account.role, 'person.edit') !== null;
  const initial: Values = person
    ? valuesOf(person)
    : {
        ...{ name: '', isNickname: false, organizationId: usual, number: '', login: '' },
        ...{ roles: [{ role: 'teacher', organizationId: usual }], classGroupIds: [] },
      };
  const save = (values: Values, version: number) => {
    if (!person) return directory.createPerson(values);
    return mayEdit
      ? directory.changePerson(person.accountId, { ...values, version })
      : directory.changeRoles(person.accountId, values.roles, version);
  };
  return (
    <FormDrawer<Values, Person>
      title={person ? person.name : t('directory.person.add')}
      open={open}
      onClose={onClose}
      initial={initial}
      version={person?.version ?? 0}
      save={save}
      onSaved={(saved) => {
        void directoryChanged();
        onSaved(saved, !person);
      }}
      {...(person && {
        newest: async () => {
          const now = await directory.person(person.accountId);
          return { values: valuesOf(now), version: now.version };
        },
        more: <AccessTools account={account} person={person} />,
      })}
      compared={[
        { name: 'name', label: t('directory.person.name') },
        { name: 'login', label: t('directory.person.login') },
        { name: 'number', label: t('directory.person.number') },
        {
          name: 'roles',
          label: t('directory.person.roles'),
          show: (roles) =>
            (roles as RoleAt[]).map(({ role }) => t(`role.${role}`)).join(t('common.separator')),
        },
      ]}
    >
      {(form) => (
        <>
          <Form.Item name="name" label={t('directory.person.name')} required>
            <Input
              maxLength={200}
              autoFocus={!person}
              disabled={!mayEdit}
              onBlur={async ({ target }) => {
                // Only who has none yet is offered one, and only staff: a pupil need not sign in.
                if (person || target.value.trim() === '' || form.getFieldValue('login')) return;
                if (form.getFieldValue('roles')?.every(({ role }: RoleAt) => role === 'student')) return;
                const suggestion = await directory.suggestLogin(target.value).catch(() => null);
                if (suggestion && !form.getFieldValue('login')) form.setFieldValue('login', suggestion.login);
              }}
            />
          </Form.Item>
          <Form.Item name="organizationId" label={t('directory.place')} required>
            <OrganizationSelect disabled={!mayEdit} />
          </Form.Item>
          <Form.Item
            name="roles"
            label={t('directory.person.roles')}
            required
            extra={t('directory.person.rolesHint')}
          >
            <RolesField usual={person?.organizationId ?? usual} />
          </Form.Item>
          <Form.Item noStyle shouldUpdate>
            {() => {
              const { roles = [], organizationId } = form.getFieldsValue(true) as Partial<Values>;
              return (
                roles.some(({ role }) => role === 'student') &&
                organizationId && <PupilFields organizationId={organizationId} />
              );
            }}
          </Form.Item>
          <Form.Item name="number" label={t('directory.person.number')}>
            <Input maxLength={100} disabled={!mayEdit} />
          </Form.Item>
          <Form.Item name="login" label={t('directory.person.login')} extra={t('directory.person.loginHint')}>
            <Input maxLength={100} disabled={!mayEdit} autoComplete="off" spellCheck={false} />
          </Form.Item>
        </>
      )}
    </FormDrawer>
  );
}

/** A pupil may be known by a nickname and a class alone. */
function PupilFields({ organizationId }: { organizationId: Id }) {
  const { t } = useTranslation();
  const { data, isPending } = useQuery({
    queryKey: ['organizations', 'groups', organizationId],
    queryFn: () => directory.groups(organizationId),
  });
  return (
    <>
      <Form.Item name="isNickname" valuePropName="checked">
        <Checkbox>{t('directory.person.isNickname')}</Checkbox>
      </Form.Item>
      <Form.Item name="classGroupIds" label={t('directory.person.classGroups')}>
        <Select
          mode="multiple"
          loading={isPending}
          showSearch={{ optionFilterProp: 'label' }}
          options={(data?.rows ?? [])
            .filter((group) => group.organizationId === organizationId)
            .map(({ classGroupId, name }) => ({ value: classGroupId, label: name }))}
        />
      </Form.Item>
    </>
  );
}
