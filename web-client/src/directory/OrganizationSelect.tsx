import { useQuery } from '@tanstack/react-query';
import { TreeSelect } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Organization } from '#protocol/directory.ts';
import type { Id } from '#protocol/ids.ts';
import { organizationsQuery } from './directory-api.ts';
import { labelsOf } from './tree.ts';

/** Below which stands what has nothing above it in the list. */
const TOP = '';

interface Props {
  value?: Id | null;
  onChange?: (value: Id) => void;
  /** Which ones may be chosen; the others only lead there. */
  allow?: (organization: Organization) => boolean;
  disabled?: boolean;
  id?: string;
}

/** One organization, chosen from the tree; archived ones are not there. */
export function OrganizationSelect({ value, onChange, allow = () => true, disabled, id }: Props) {
  const { t } = useTranslation();
  const { data = [], isPending } = useQuery(organizationsQuery());
  const nodes = useMemo(() => {
    const known = new Set(data.map(({ organizationId }) => organizationId));
    return data.map((one) => ({
      id: one.organizationId,
      pId: known.has(one.parentId ?? '') ? one.parentId! : TOP,
      value: one.organizationId,
      title: one.name,
      disabled: !allow(one),
    }));
  }, [data, allow]);
  return (
    <TreeSelect
      id={id}
      treeDataSimpleMode={{ rootPId: TOP }}
      treeData={nodes}
      loading={isPending}
      value={value ?? undefined}
      onChange={(chosen: Id) => onChange?.(chosen)}
      showSearch={{ treeNodeFilterProp: 'title' }}
      treeDefaultExpandedKeys={data.slice(0, 1).map(({ organizationId }) => organizationId)}
      popupMatchSelectWidth={false}
      placeholder={t('directory.chooseOrganization')}
      disabled={disabled ?? false}
      data-testid="organization-select"
    />
  );
}

/** All organizations as choices of a filter. */
export function useOrganizationOptions(): { value: Id; label: string }[] {
  const { data } = useQuery(organizationsQuery());
  return useMemo(() => labelsOf(data ?? []), [data]);
}
