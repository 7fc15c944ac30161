import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Organization } from '#protocol/directory.ts';
import { OrganizationKind } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import { FormDrawer } from '../admin/kit/FormDrawer.tsx';
import { directory, directoryChanged } from './directory-api.ts';
import { OrganizationSelect } from './OrganizationSelect.tsx';

interface Values {
  name: string;
  kind: OrganizationKind;
  code: string;
  phone: string;
  parentId: Id | null;
}

/** What is being edited: one that is there, or a new one below another. */
export type Edited = { organization: Organization } | { below: Organization };

interface Props {
  edited: Edited | null;
  /** Where the caller's tree begins: it stays where it is. */
  isTop: (organization: Organization) => boolean;
  onClose: () => void;
  onSaved: (saved: Organization, isNew: boolean) => void;
}

/** What lies below is most often the next smaller thing. */
const NEXT: Record<OrganizationKind, OrganizationKind> = {
  bureau: 'school',
  school: 'teachingPoint',
  teachingPoint: 'teachingPoint',
};

const valuesOf = ({ name, kind, code, phone, parentId }: Organization): Values => ({
  name,
  kind,
  code: code ?? '',
  phone,
  parentId,
});

export function OrganizationForm({ edited, isTop, onClose, onSaved }: Props) {
  const { t } = useTranslation();
  const known = edited && 'organization' in edited ? edited.organization : null;
  const below = edited && 'below' in edited ? edited.below : null;
  const initial: Values = known
    ? valuesOf(known)
    : {
        name: '',
        kind: below ? NEXT[below.kind] : 'school',
        code: '',
        phone: '',
        parentId: below?.organizationId ?? null,
      };
  const save = async ({ name, kind, code, phone, parentId }: Values, version: number) => {
    if (!known) return await directory.createOrganization({ parentId: parentId!, name, kind, code, phone });
    const id = known.organizationId;
    // First where it stands: what lies where decides what it may be.
    const moved = parentId !== null && parentId !== known.parentId && !isTop(known);
    const at = moved ? (await directory.moveOrganization(id, { parentId, version })).version : version;
    return await directory.changeOrganization(id, { name, kind, code, phone, version: at });
  };
  return (
    <FormDrawer<Values, Organization>
      title={known ? t('directory.organization.edit', { name: known.name }) : t('directory.organization.add')}
      open={edited !== null}
      onClose={onClose}
      initial={initial}
      version={known?.version ?? 0}
      save={save}
      onSaved={(saved) => {
        void directoryChanged();
        onSaved(saved, !known);
      }}
      {...(known && {
        newest: async () => {
          const all = await directory.organizations(true);
          const now = all.find(({ organizationId }) => organizationId === known.organizationId)!;
          return { values: valuesOf(now), version: now.version };
        },
      })}
      compared={[
        { name: 'name', label: t('directory.organization.name') },
        { name: 'code', label: t('directory.organization.code') },
        { name: 'phone', label: t('directory.organization.phone') },
        {
          name: 'kind',
          label: t('directory.organization.kind'),
          show: (kind) => t(`directory.kind.${kind as OrganizationKind}`),
        },
      ]}
    >
      <Form.Item name="name" label={t('directory.organization.name')} required>
        <Input maxLength={200} placeholder={t('directory.organization.nameHint')} autoFocus />
      </Form.Item>
      <Form.Item name="kind" label={t('directory.organization.kind')} required>
        <Radio.Group
          optionType="button"
          options={OrganizationKind.options.map((value) => ({ value, label: t(`directory.kind.${value}`) }))}
        />
      </Form.Item>
      {!(known && isTop(known)) && (
        <Form.Item name="parentId" label={t('directory.organization.parent')} required>
          <OrganizationSelect />
        </Form.Item>
      )}
      <Form.Item
        name="code"
        label={t('directory.organization.code')}
        extra={t('directory.organization.codeHint')}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name="phone"
        label={t('directory.organization.phone')}
        extra={t('directory.organization.phoneHint')}
      >
        <Input type="tel" maxLength={40} />
      </Form.Item>
    </FormDrawer>
  );
}
