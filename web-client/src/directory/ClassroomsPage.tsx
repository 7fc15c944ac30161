import { IconDeviceTv, IconPlus } from '@tabler/icons-react';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useOutletContext, useSearchParams } from 'react-router';
import { ClassroomRow } from '#protocol/directory.ts';
import type { Account } from '#protocol/domain.ts';
import type { Id } from '#protocol/ids.ts';
import { scopeOf } from '#protocol/office.ts';
import { DataTable } from '../admin/kit/DataTable.tsx';
import { FormDrawer } from '../admin/kit/FormDrawer.tsx';
import { PageHead } from '../admin/kit/PageHead.tsx';
import type { TableColumn } from '../admin/kit/table-column.ts';
import { useUndoToast } from '../admin/kit/use-undo-toast.tsx';
import { measure } from '../theme/tokens.ts';
import { clockTime, longDate } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import { ClosedFilter, useClosed } from './ClosedFilter.tsx';
import styles from './Directory.module.css';
import { directory, directoryChanged } from './directory-api.ts';
import { OrganizationSelect, useOrganizationOptions } from './OrganizationSelect.tsx';
import { PlacesPaste } from './PlacesPaste.tsx';
import { RowActions } from './RowActions.tsx';
import { useClose } from './use-close.ts';

/** Rooms with a device, and the way to pair one. */
export function ClassroomsPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const account = useOutletContext<Account>();
  const [params] = useSearchParams();
  const mayEdit = scopeOf(account.role, 'directory.edit') !== null;
  const mayPair = scopeOf(account.role, 'classroom.pair') !== null;
  const [edited, setEdited] = useState<ClassroomRow | 'new' | null>(null);
  const closed = useClosed();
  const close = useClose(directory.closeRoom);
  const usual = params.get('organization') ?? account.organizationId;
  const organizations = useOrganizationOptions();
  const add = mayEdit && (
    <Button
      type="primary"
      icon={<IconPlus size={measure.icon} stroke={1.5} />}
      data-testid="add-classroom"
      onClick={() => setEdited('new')}
    >
      {t('directory.room.add')}
    </Button>
  );
  const paste = mayEdit && <PlacesPaste of="classroom" usual={usual} />;
  const columns: TableColumn<ClassroomRow>[] = [
    {
      key: 'name',
      title: t('directory.room.name'),
      sort: true,
      value: (room) =>
        mayEdit && room.archivedAt === null ? (
          <button type="button" className={styles.open} onClick={() => setEdited(room)}>
            <bdi>{room.name}</bdi>
          </button>
        ) : (
          <bdi className={styles.name}>{room.name}</bdi>
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
      key: 'groups',
      title: t('directory.groups'),
      value: ({ classGroups }) => classGroups.map(({ name }) => name).join(t('common.separator')) || '—',
    },
    {
      key: 'devices',
      title: t('directory.room.devices'),
      value: ({ devices, seenAt }) =>
        devices === 0
          ? t('directory.room.noDevice')
          : seenAt === null
            ? t('directory.room.deviceCount', { count: devices })
            : t('directory.room.seen', {
                at: `${longDate(seenAt, language)} ${clockTime(seenAt, language)}`,
              }),
    },
    {
      key: 'act',
      title: '',
      align: 'end',
      value: (room) => {
        const { classroomId, name, version, archivedAt } = room;
        const row = { id: classroomId, name, version };
        return (
          <span className={styles.actions}>
            {mayPair && archivedAt === null && (
              <Link to={`/admin/classrooms/${classroomId}/devices`}>
                <Button icon={<IconDeviceTv size={measure.icon} stroke={1.5} />}>
                  {t('directory.room.pair')}
                </Button>
              </Link>
            )}
            {mayEdit && (
              <RowActions
                name={name}
                items={
                  archivedAt === null
                    ? [
                        { key: 'edit', label: t('directory.edit'), onClick: () => setEdited(room) },
                        {
                          key: 'close',
                          danger: true,
                          label: t('directory.close'),
                          onClick: () => close(row, 'archive'),
                        },
                      ]
                    : [
                        {
                          key: 'restore',
                          label: t('directory.restore'),
                          onClick: () => close(row, 'restore'),
                        },
                      ]
                }
              />
            )}
          </span>
        );
      },
    },
  ];
  return (
    <>
      <PageHead title={t('directory.room.title')} lead={t('directory.room.lead')} action={add} more={paste} />
      <DataTable<ClassroomRow>
        label={t('directory.room.title')}
        columns={columns}
        source={{
          path: '/api/classrooms',
          row: ClassroomRow,
          ...(closed && { params: { archived: 'true' } }),
        }}
        keyOf={({ classroomId }) => classroomId}
        searchWord={t('directory.room.search')}
        tools={<ClosedFilter />}
        empty={
          closed
            ? { title: t('directory.noneClosed'), action: <ClosedFilter /> }
            : {
                title: t('directory.room.empty'),
                hint: t('directory.room.emptyHint'),
                action: (
                  <span className={styles.actions}>
                    {add}
                    {paste}
                  </span>
                ),
              }
        }
      />
      <RoomForm
        room={edited === 'new' ? null : edited}
        usual={usual}
        open={edited !== null}
        onClose={() => setEdited(null)}
      />
    </>
  );
}

interface Values {
  name: string;
  organizationId: Id;
}
const valuesOf = ({ name, organizationId }: ClassroomRow): Values => ({ name, organizationId });

interface FormProps {
  room: ClassroomRow | null;
  usual: Id;
  open: boolean;
  onClose: () => void;
}

function RoomForm({ room, usual, open, onClose }: FormProps) {
  const { t } = useTranslation();
  const toast = useUndoToast();
  return (
    <FormDrawer<Values, ClassroomRow>
      title={room ? room.name : t('directory.room.add')}
      open={open}
      onClose={onClose}
      initial={room ? valuesOf(room) : { name: '', organizationId: usual }}
      version={room?.version ?? 0}
      save={(values, version) =>
        room ? directory.changeRoom(room.classroomId, { ...values, version }) : directory.createRoom(values)
      }
      onSaved={({ name }) => {
        void directoryChanged();
        toast(t(room ? 'directory.saved' : 'directory.made', { name }));
      }}
      {...(room && {
        newest: async () => {
          const now = await directory.room(room.classroomId);
          return { values: valuesOf(now), version: now.version };
        },
      })}
      compared={[{ name: 'name', label: t('directory.room.name') }]}
    >
      <Form.Item name="organizationId" label={t('directory.place')} required>
        <OrganizationSelect />
      </Form.Item>
      <Form.Item name="name" label={t('directory.room.name')} required extra={t('directory.room.nameHint')}>
        <Input maxLength={200} autoFocus={!room} />
      </Form.Item>
    </FormDrawer>
  );
}
