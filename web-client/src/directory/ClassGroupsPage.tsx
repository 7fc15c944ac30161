import { IconPlus, IconUsers } from '@tabler/icons-react';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOutletContext, useSearchParams } from 'react-router';
import { ClassGroup } from '#protocol/directory.ts';
import type { Account } from '#protocol/domain.ts';
import { scopeOf } from '#protocol/office.ts';
import { DataTable } from '../admin/kit/DataTable.tsx';
import { PageHead } from '../admin/kit/PageHead.tsx';
import type { TableColumn } from '../admin/kit/table-column.ts';
import { measure } from '../theme/tokens.ts';
import { ClassGroupForm } from './ClassGroupForm.tsx';
import { ClosedFilter, useClosed } from './ClosedFilter.tsx';
import styles from './Directory.module.css';
import { directory } from './directory-api.ts';
import { MembersDrawer } from './MembersDrawer.tsx';
import { useOrganizationOptions } from './OrganizationSelect.tsx';
import { PlacesPaste } from './PlacesPaste.tsx';
import { PromoteDialog } from './PromoteDialog.tsx';
import { RowActions } from './RowActions.tsx';
import { useClose } from './use-close.ts';
import { useReference } from './use-reference.ts';

/** Classes: their grade, room and head teacher, their pupils, and their way into the next year. */
export function ClassGroupsPage() {
  const { t } = useTranslation();
  const account = useOutletContext<Account>();
  const [params] = useSearchParams();
  const mayEdit = scopeOf(account.role, 'directory.edit') !== null;
  const [edited, setEdited] = useState<ClassGroup | 'new' | null>(null);
  const [shown, setShown] = useState<ClassGroup | null>(null);
  const [promoted, setPromoted] = useState<{ groups: ClassGroup[]; clear: () => void } | null>(null);
  const closed = useClosed();
  const close = useClose(directory.closeGroup);
  const organizations = useOrganizationOptions();
  const { grades } = useReference();
  const usual = params.get('organization') ?? account.organizationId;
  const add = mayEdit && (
    <Button
      type="primary"
      icon={<IconPlus size={measure.icon} stroke={1.5} />}
      data-testid="add-class-group"
      onClick={() => setEdited('new')}
    >
      {t('directory.group.add')}
    </Button>
  );
  const paste = mayEdit && <PlacesPaste of="classGroup" usual={usual} />;
  const columns: TableColumn<ClassGroup>[] = [
    {
      key: 'name',
      title: t('directory.group.name'),
      sort: true,
      value: (group) =>
        mayEdit && group.archivedAt === null ? (
          <button type="button" className={styles.open} onClick={() => setEdited(group)}>
            <bdi>{group.name}</bdi>
          </button>
        ) : (
          <bdi className={styles.name}>{group.name}</bdi>
        ),
    },
    {
      key: 'organization',
      title: t('directory.place'),
      sort: true,
      filter: { options: organizations },
      value: ({ organizationName }) => <bdi>{organizationName}</bdi>,
    },
    {
      key: 'grade',
      title: t('directory.grade'),
      sort: true,
      filter: { options: grades },
      value: ({ grade }) => grade,
    },
    {
      key: 'enrolledYear',
      title: t('directory.group.enrolledYear'),
      wideOnly: true,
      value: ({ enrolledYear }) => enrolledYear ?? '—',
    },
    {
      key: 'headTeacher',
      title: t('directory.group.headTeacher'),
      value: ({ headTeacherName }) => headTeacherName ?? '—',
    },
    {
      key: 'room',
      title: t('directory.group.room'),
      wideOnly: true,
      value: ({ classroomName }) => classroomName ?? '—',
    },
    {
      key: 'pupils',
      title: t('directory.group.pupils'),
      sort: true,
      align: 'end',
      value: ({ pupils }) => pupils,
    },
    {
      key: 'act',
      title: '',
      align: 'end',
      value: (group) => {
        const { classGroupId, name, version, archivedAt } = group;
        const row = { id: classGroupId, name, version };
        if (!mayEdit) return null;
        return (
          <span className={styles.actions}>
            {archivedAt === null && (
              <Button icon={<IconUsers size={measure.icon} stroke={1.5} />} onClick={() => setShown(group)}>
                {t('directory.group.open')}
              </Button>
            )}
            <RowActions
              name={name}
              items={
                archivedAt === null
                  ? [
                      { key: 'edit', label: t('directory.edit'), onClick: () => setEdited(group) },
                      {
                        key: 'close',
                        danger: true,
                        label: t('directory.close'),
                        onClick: () => close(row, 'archive'),
                      },
                    ]
                  : [{ key: 'restore', label: t('directory.restore'), onClick: () => close(row, 'restore') }]
              }
            />
          </span>
        );
      },
    },
  ];
  return (
    <>
      <PageHead
        title={t('directory.group.title')}
        lead={t('directory.group.lead')}
        action={add}
        more={paste}
      />
      <DataTable<ClassGroup>
        label={t('directory.group.title')}
        columns={columns}
        source={{
          path: '/api/class-groups',
          row: ClassGroup,
          ...(closed && { params: { archived: 'true' } }),
        }}
        keyOf={({ classGroupId }) => classGroupId}
        searchWord={t('directory.group.search')}
        tools={<ClosedFilter />}
        empty={
          closed
            ? { title: t('directory.noneClosed'), action: <ClosedFilter /> }
            : {
                title: t('directory.group.empty'),
                hint: t('directory.group.emptyHint'),
                action: (
                  <span className={styles.actions}>
                    {add}
                    {paste}
                  </span>
                ),
              }
        }
        {...(mayEdit &&
          !closed && {
            bulk: (groups, clear) => (
              <Button onClick={() => setPromoted({ groups, clear })}>{t('directory.group.promote')}</Button>
            ),
          })}
      />
      <ClassGroupForm
        group={edited === 'new' ? null : edited}
        usual={usual}
        open={edited !== null}
        onClose={() => setEdited(null)}
        onSaved={(saved) => {
          if (edited === 'new') setShown(saved);
        }}
      />
      {shown && <MembersDrawer group={shown} onClose={() => setShown(null)} />}
      {promoted && (
        <PromoteDialog
          groups={promoted.groups}
          onClose={() => setPromoted(null)}
          onDone={() => {
            promoted.clear();
            setPromoted(null);
          }}
        />
      )}
    </>
  );
}
