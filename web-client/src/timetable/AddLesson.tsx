import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LESSON_TITLE_MAX, type SchoolWeek, type WeekLesson } from '#protocol/timetable.ts';
import { DayPicker } from '../admin/kit/DayPicker.tsx';
import { FormDrawer } from '../admin/kit/FormDrawer.tsx';
import { useUndoToast } from '../admin/kit/use-undo-toast.tsx';
import { ClashCheck } from './ClashCheck.tsx';
import type { Cell } from './grid-cells.ts';
import { PeriodSelect } from './PeriodSelect.tsx';
import { choicesQuery, timetableApi } from './timetable-api.ts';
import { useAnywayWord } from './use-clash-words.ts';
import { type Draft, NOTHING_FOUND } from './use-clashes.ts';
import { useKnowingly } from './use-knowingly.tsx';
import { useWeekMoves } from './use-week-moves.tsx';

interface Values {
  courseId?: string;
  teacherId?: string;
  title: string;
  masterClassroomId?: string;
  masterClassGroupId?: string;
  /** Of remote classrooms, by id. */
  remoteIds: string[];
  place: { day: string; period: number | null };
  autoOpen: boolean;
}

type Chosen = Omit<Parameters<typeof timetableApi.plan>[0], 'organizationId' | 'remotes'>;

/** One more lesson in a cell of the week; clashes are told while it is filled in. */
export function AddLesson({ week, cell, onClose }: { week: SchoolWeek; cell: Cell; onClose(): void }) {
  const { t } = useTranslation();
  const moves = useWeekMoves();
  const toast = useUndoToast();
  const { data: choices } = useQuery(choicesQuery(week.organizationId));
  const initial: Values = {
    ...{ title: '', remoteIds: [], autoOpen: false },
    place: { day: cell.day.day, period: cell.period },
  };
  const knowingly = useKnowingly();
  const anyway = useAnywayWord();
  const [found, setFound] = useState(NOTHING_FOUND);
  /** The class that sits in a remote room, where exactly one has it as its own. */
  const remotesOf = (ids: readonly string[]) =>
    ids.map((classroomId) => {
      const groups = (choices?.partnerClassGroups ?? []).filter((group) => group.classroomId === classroomId);
      return { classroomId, classGroupId: groups.length === 1 ? groups[0]!.id : null };
    });
  const draftOf = ({ courseId, place, remoteIds, ...values }: Values): Draft | null =>
    place.period === null || place.day === ''
      ? null
      : {
          ...{ kind: 'lesson', organizationId: week.organizationId, places: [place] },
          subject: choices?.courses.find(({ id }) => id === courseId)?.subject ?? null,
          parties: {
            teacherId: values.teacherId ?? null,
            masterClassroomId: values.masterClassroomId ?? null,
            masterClassGroupId: values.masterClassGroupId ?? null,
            remotes: remotesOf(remoteIds),
          },
        };
  const named = (all: readonly { id: string; name: string }[] = []) =>
    all.map(({ id, name }) => ({ value: id, label: name }));
  const search = { showSearch: { optionFilterProp: 'label' } };
  return (
    <FormDrawer<Values, WeekLesson>
      title={t('timetable.addTitle')}
      open
      onClose={onClose}
      initial={initial}
      saveWord={found.clashes.length > 0 ? anyway(found.clashes) : t('timetable.add')}
      save={({ remoteIds, ...rest }) =>
        // What is missing the platform says, beside its field.
        knowingly(
          (despiteClashes) =>
            timetableApi.plan({
              ...(rest as Chosen),
              ...{ organizationId: week.organizationId, remotes: remotesOf(remoteIds), despiteClashes },
            }),
          found,
        )
      }
      onSaved={(saved) => {
        void moves.refresh();
        toast(t('timetable.done.added', { lesson: saved.subject }), async () => {
          await timetableApi.cancel(saved.lessonId, saved.version, t('timetable.addedByMistake'));
          await moves.refresh();
        });
      }}
    >
      <ClashCheck<Values> draftOf={draftOf} school={week.organizationName} onFound={setFound} />
      <Form.Item name="courseId" label={t('timetable.fact.course')} rules={[{ required: true, message: '' }]}>
        <Select
          {...search}
          data-testid="course"
          options={choices?.courses.map(({ id, title }) => ({ value: id, label: title })) ?? []}
        />
      </Form.Item>
      <Form.Item
        name="teacherId"
        label={t('timetable.fact.teacher')}
        rules={[{ required: true, message: '' }]}
      >
        <Select {...search} data-testid="teacher" options={named(choices?.teachers)} />
      </Form.Item>
      <Form.Item name="masterClassGroupId" label={t('timetable.fact.class')}>
        <Select {...search} allowClear data-testid="class" options={named(choices?.classGroups)} />
      </Form.Item>
      <Form.Item
        name="masterClassroomId"
        label={t('timetable.fact.room')}
        rules={[{ required: true, message: '' }]}
      >
        <Select {...search} data-testid="room" options={named(choices?.classrooms)} />
      </Form.Item>
      <Form.Item name="remoteIds" label={t('timetable.fact.remotes')} extra={t('timetable.remotesHint')}>
        <Select
          {...search}
          mode="multiple"
          data-testid="remotes"
          options={
            choices?.partnerClassrooms.map(({ id, name, organizationName }) => ({
              value: id,
              label: `${organizationName} ${name}`,
            })) ?? []
          }
        />
      </Form.Item>
      <Form.Item name={['place', 'day']} label={t('timetable.fact.day')} required>
        <DayPicker min={week.today} />
      </Form.Item>
      <Form.Item name={['place', 'period']} label={t('timetable.period')} required>
        <PeriodSelect week={week} />
      </Form.Item>
      <Form.Item name="title" label={t('timetable.fact.title')} extra={t('timetable.titleHint')}>
        <Input maxLength={LESSON_TITLE_MAX} />
      </Form.Item>
      <Form.Item name="autoOpen" label={t('timetable.autoOpen')} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Button htmlType="submit" hidden />
    </FormDrawer>
  );
}
