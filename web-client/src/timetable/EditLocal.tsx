import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Weeks } from '#protocol/calendar.ts';
import type { LocalLesson } from '#protocol/local-lessons.ts';
import { FormDrawer } from '../admin/kit/FormDrawer.tsx';
import { useUndoToast } from '../admin/kit/use-undo-toast.tsx';
import { choicesQuery, timetableApi } from './timetable-api.ts';

export interface Editing {
  lesson: LocalLesson | null;
  weekday: number;
  period: number;
}

export interface OfClass {
  organizationId: string;
  termId: string;
  group: { id: string; name: string };
  onClose(): void;
}

interface LocalValues {
  subject: string;
  teacherId: string | null;
  weeks: Weeks;
}

/** One of a class's own weekly lessons. */
export function EditLocal({
  lesson,
  weekday,
  period,
  organizationId,
  termId,
  group,
  onClose,
}: OfClass & Editing) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const toast = useUndoToast();
  const { data: choices } = useQuery(choicesQuery(organizationId));
  const body = ({ subject, teacherId, weeks }: LocalValues) => ({
    ...{ organizationId, termId, classGroupId: group.id, weekday, period, subject, weeks },
    ...{ teacherId: teacherId ?? null, classroomId: lesson?.classroom?.id ?? null },
  });
  const refresh = () => queries.invalidateQueries({ queryKey: ['local-lessons'] });
  const initial: LocalValues = {
    ...{
      subject: lesson?.subject ?? '',
      teacherId: lesson?.teacher?.id ?? null,
      weeks: lesson?.weeks ?? 'all',
    },
  };
  const remove = async () => {
    if (!lesson) return;
    await timetableApi.removeLocal(lesson.localLessonId);
    await refresh();
    onClose();
    toast(t('timetable.local.removed', { subject: lesson.subject }), async () => {
      await timetableApi.saveLocal(null, body(initial));
      await refresh();
    });
  };
  return (
    <FormDrawer<LocalValues, LocalLesson>
      open
      title={t('timetable.local.editTitle', { group: group.name, period })}
      onClose={onClose}
      initial={initial}
      save={(values) => timetableApi.saveLocal(lesson?.localLessonId ?? null, body(values))}
      onSaved={() => void refresh()}
      more={
        lesson && (
          <Button danger onClick={() => void remove()}>
            {t('timetable.local.remove')}
          </Button>
        )
      }
    >
      <Form.Item name="subject" label={t('timetable.fact.course')}>
        <Input maxLength={20} />
      </Form.Item>
      <Form.Item name="teacherId" label={t('timetable.party.teacher')}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          options={choices?.teachers.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        />
      </Form.Item>
      <Form.Item name="weeks" label={t('timetable.weeks')}>
        <Select
          options={(['all', 'odd', 'even'] as const).map((weeks) => ({
            value: weeks,
            label: t(`timetable.weeksOf.${weeks}`),
          }))}
        />
      </Form.Item>
    </FormDrawer>
  );
}
