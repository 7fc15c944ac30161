import { IconPlus, IconX } from '@tabler/icons-react';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { PersonRole, type RoleAt } from '#protocol/directory.ts';
import type { Id } from '#protocol/ids.ts';
import { measure } from '../theme/tokens.ts';
import styles from './Directory.module.css';
import { OrganizationSelect } from './OrganizationSelect.tsx';

interface Props {
  value?: RoleAt[];
  onChange?: (value: RoleAt[]) => void;
  /** Where a further role most likely is. */
  usual: Id;
}

/** What a person is, and where: one line each. */
export function RolesField({ value = [], onChange, usual }: Props) {
  const { t } = useTranslation();
  const set = (at: number, change: Partial<RoleAt>) =>
    onChange?.(value.map((one, index) => (index === at ? { ...one, ...change } : one)));
  return (
    <div className={styles.roles}>
      {value.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no other name, and both fields are controlled.
        <div key={at} className={styles.role}>
          <div className={styles.roleName}>
            <Select
              aria-label={t('directory.person.roles')}
              data-testid={`role-${at}`}
              value={one.role}
              popupMatchSelectWidth={false}
              options={PersonRole.options.map((role) => ({ value: role, label: t(`role.${role}`) }))}
              onChange={(role: PersonRole) => set(at, { role })}
            />
          </div>
          <div className={styles.rolePlace}>
            <OrganizationSelect
              value={one.organizationId}
              onChange={(organizationId) => set(at, { organizationId })}
            />
          </div>
          <Button
            type="text"
            icon={<IconX size={measure.icon} stroke={1.5} />}
            aria-label={t('directory.person.dropRole')}
            onClick={() => onChange?.(value.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <Button
        type="dashed"
        icon={<IconPlus size={measure.icon} stroke={1.5} />}
        onClick={() => onChange?.([...value, { role: 'teacher', organizationId: usual }])}
      >
        {t('directory.person.addRole')}
      </Button>
    </div>
  );
}
