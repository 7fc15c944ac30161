import { useQuery } from '@tanstack/react-query';
import { Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ClassGroup } from '#protocol/directory.ts';
import type { Id } from '#protocol/ids.ts';
import { FormDrawer } from '../admin/kit/FormDrawer.tsx';
import { useUndoToast } from '../admin/kit/use-undo-toast.tsx';
import { directory, directoryChanged } from './directory-api.ts';
import { OrganizationSelect } from './OrganizationSelect.tsx';
import { useReference } from './use-reference.ts';

interface Values {
  name: string;
  organizationId: Id;
  grade: string;
  enrolledYear: number | null;
  classroomId: Id | null;
  headTeacherId: Id | null;
}

const valuesOf = ({
  name,
  organizationId,
  grade,
  enrolledYear,
  classroomId,
  headTeacherId,
}: ClassGroup): Values => ({
  ...{ name, organizationId, grade, enrolledYear, classroomId, headTeacherId },
});

interface Props {
  group: ClassGroup | null;
  usual: Id;
  open: boolean;
  onClose: () => void;
  onSaved: (saved: ClassGroup) => void;
}

export function ClassGroupForm({ group, usual, open, onClose, onSaved }: Props) {
  const { t } = useTranslation();
  const toast = useUndoToast();
  const { gradesByStage } = useReference();
  const fresh = {
    name: '',
    organizationId: usual,
    grade: '',
    enrolledYear: null,
    classroomId: null,
    headTeacherId: null,
  };
  return (
    <FormDrawer<Values, ClassGroup>
      title={group ? group.name : t('directory.group.add')}
      open={open}
      onClose={onClose}
      initial={group ? valuesOf(group) : fresh}
      version={group?.version ?? 0}
      save={(values, version) => {
        // A choice that was cleared is nothing, not undefined.
        const { classroomId = null, headTeacherId = null, enrolledYear = null } = values;
        const body = { ...values, classroomId, headTeacherId, enrolledYear };
        return group
          ? directory.changeGroup(group.classGroupId, { ...body, version })
          : directory.createGroup(body);
      }}
      onSaved={(saved) => {
        void directoryChanged();
        toast(t(group ? 'directory.saved' : 'directory.made', { name: saved.name }));
        onSaved(saved);
      }}
      {...(group && {
        newest: async () => {
          const now = await directory.group(group.classGroupId);
          return { values: valuesOf(now), version: now.version };
        },
      })}
      compared={[
        { name: 'name', label: t('directory.group.name') },
        { name: 'grade', label: t('directory.grade') },
        { name: 'enrolledYear', label: t('directory.group.enrolledYear') },
      ]}
    >
      {(form) => (
        <>
          <Form.Item name="organizationId" label={t('directory.place')} required>
            <OrganizationSelect allow={({ kind }) => kind !== 'bureau'} />
          </Form.Item>
          <Form.Item name="grade" label={t('directory.grade')} required>
            <Select options={gradesByStage} showSearch={{ optionFilterProp: 'label' }} data-testid="grade" />
          </Form.Item>
          <Form.Item
            name="name"
            label={t('directory.group.name')}
            required
            extra={t('directory.group.nameHint')}
          >
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name="enrolledYear" label={t('directory.group.enrolledYear')}>
            <InputNumber min={1990} max={2100} controls={false} />
          </Form.Item>
          <Form.Item noStyle dependencies={['organizationId']}>
            {() => <AtPlace organizationId={form.getFieldValue('organizationId')} />}
          </Form.Item>
        </>
      )}
    </FormDrawer>
  );
}

/** Its room and head teacher are of the same school. */
function AtPlace({ organizationId }: { organizationId: Id }) {
  const { t } = useTranslation();
  const rooms = useQuery({
    queryKey: ['organizations', 'rooms', organizationId],
    queryFn: () => directory.rooms(organizationId),
  });
  const teachers = useQuery({
    queryKey: ['organizations', 'teachers', organizationId],
    queryFn: () => directory.teachers(organizationId),
  });
  const here = (row: { organizationId: Id }) => row.organizationId === organizationId;
  return (
    <>
      <Form.Item name="classroomId" label={t('directory.group.room')}>
        <Select
          allowClear
          loading={rooms.isPending}
          showSearch={{ optionFilterProp: 'label' }}
          options={(rooms.data?.rows ?? [])
            .filter(here)
            .map(({ classroomId, name }) => ({ value: classroomId, label: name }))}
        />
      </Form.Item>
      <Form.Item name="headTeacherId" label={t('directory.group.headTeacher')}>
        <Select
          allowClear
          loading={teachers.isPending}
          showSearch={{ optionFilterProp: 'label' }}
          options={(teachers.data?.rows ?? [])
            .filter(({ roles }) => roles.some(here))
            .map(({ accountId, name }) => ({ value: accountId, label: name }))}
        />
      </Form.Item>
    </>
  );
}
