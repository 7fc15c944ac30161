import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Activity } from '#protocol/invitation.ts';
import { DayPicker } from '../admin/kit/DayPicker.tsx';
import { FormDrawer } from '../admin/kit/FormDrawer.tsx';
import { today } from '../attendance/use-range.ts';
import { ClashCheck } from '../timetable/ClashCheck.tsx';
import { useAnywayWord } from '../timetable/use-clash-words.ts';
import { type Draft, NOTHING_FOUND } from '../timetable/use-clashes.ts';
import { useKnowingly } from '../timetable/use-knowingly.tsx';
import { clockOf } from '../ui/minutes.ts';
import { chosenId } from './chosen-id.ts';
import styles from './Invitation.module.css';
import { bellsQuery, choicesQuery, invitationApi, usableRubricsQuery } from './invitation-api.ts';
import { MinuteInput } from './MinuteInput.tsx';
import { PersonSelect } from './PersonSelect.tsx';
import { SubjectAndGrade } from './SubjectAndGrade.tsx';

interface Props {
  /** Null: a new one. */
  activity: Activity | null;
  organizationId: string;
  open: boolean;
  onClose: () => void;
  onSaved: (activity: Activity) => void;
}

interface Values {
  organizationId: string;
  title: string;
  subject: string;
  grade: string;
  day: string;
  period: number | null;
  startsMinute: number;
  endsMinute: number;
  teacherId: string;
  masterClassroomId: string;
  remoteClassroomIds: string[];
  rubricId: string | null;
  note: string;
}

const TWO = 14 * 60;
const NOTE_ROWS = 3;

const valuesOf = (activity: Activity): Values => ({
  ...activity,
  remoteClassroomIds: activity.remoteClassrooms.map(({ accountId }) => accountId),
});

/** A master lesson: what, when, who teaches, where, and by which rubric it is reviewed. */
export function ActivityForm({ activity, organizationId, open, onClose, onSaved }: Props) {
  const { t } = useTranslation();
  const initial: Values = activity
    ? valuesOf(activity)
    : {
        ...{ organizationId, title: '', subject: '', grade: '', day: today(), period: null },
        ...{ startsMinute: TWO, endsMinute: TWO + 60, teacherId: '', masterClassroomId: '' },
        ...{ remoteClassroomIds: [], rubricId: null, note: '' },
      };
  const knowingly = useKnowingly();
  const anyway = useAnywayWord();
  const [found, setFound] = useState(NOTHING_FOUND);
  return (
    <FormDrawer<Values, Activity>
      title={t(activity ? 'invitation.edit' : 'invitation.add')}
      open={open}
      onClose={onClose}
      initial={initial}
      version={activity?.version ?? 0}
      {...(found.clashes.length > 0 && { saveWord: anyway(found.clashes) })}
      save={({ organizationId: where, ...values }, version) =>
        knowingly((despiteClashes) => {
          const draft = { ...draftOf(values), despiteClashes };
          return activity
            ? invitationApi.change(activity.lessonId, { ...draft, version })
            : invitationApi.make({ ...draft, organizationId: where });
        }, found)
      }
      {...(activity && {
        newest: async () => {
          const now = await invitationApi.find(activity.lessonId);
          return { values: valuesOf(now), version: now.version };
        },
      })}
      compared={[
        { name: 'title', label: t('invitation.name') },
        { name: 'day', label: t('invitation.day') },
        { name: 'note', label: t('invitation.note') },
      ]}
      onSaved={onSaved}
    >
      <ClashCheck<Values>
        draftOf={(values) => clashDraftOf(values, activity?.lessonId ?? null)}
        onFound={setFound}
      />
      <Fields activity={activity} organizationId={organizationId} />
    </FormDrawer>
  );
}

/** Exactly what the platform takes: the row that it came from has more. */
function draftOf(values: Omit<Values, 'organizationId'>) {
  const { title, subject, grade, day, period, startsMinute, endsMinute } = values;
  const { teacherId, masterClassroomId, remoteClassroomIds, rubricId, note } = values;
  return {
    ...{ title, subject, grade, day, period, startsMinute, endsMinute },
    ...{ teacherId: chosenId(teacherId), masterClassroomId: chosenId(masterClassroomId) },
    ...{ remoteClassroomIds, rubricId, note },
  };
}

/** Once there is a time, and somebody or a room. */
function clashDraftOf(values: Values, lessonId: string | null): Draft | null {
  const { organizationId, day, startsMinute, endsMinute, teacherId, masterClassroomId } = values;
  if (!day || !(startsMinute < endsMinute) || !(teacherId || masterClassroomId)) return null;
  return {
    ...{ kind: 'lesson', organizationId, lessonId, places: [{ day, startsMinute, endsMinute }] },
    parties: {
      ...{ teacherId: teacherId || null, masterClassroomId: masterClassroomId || null },
      remotes: values.remoteClassroomIds.map((classroomId) => ({ classroomId })),
    },
  };
}

function Fields({ activity, organizationId }: Pick<Props, 'activity' | 'organizationId'>) {
  const { t } = useTranslation();
  const chosen =
    Form.useWatch<string | undefined>('organizationId') ?? activity?.organizationId ?? organizationId;
  const { data } = useQuery(choicesQuery(chosen));
  const { data: rubrics } = useQuery(usableRubricsQuery(chosen));
  const form = Form.useFormInstance();
  const day = Form.useWatch<string | undefined>('day') ?? activity?.day ?? today();
  const roomId = Form.useWatch<string | undefined>('masterClassroomId');
  const { data: schools } = useQuery(bellsQuery(day));
  const school = data?.rooms.find(({ accountId }) => accountId === roomId)?.organizationId;
  const bells = schools?.find((each) => each.organizationId === school)?.bells;
  const rooms = data?.rooms.map(({ accountId, name, organizationName }) => ({
    value: accountId,
    label: `${name} · ${organizationName}`,
  }));
  return (
    <>
      {!activity && (data?.organizations.length ?? 0) > 1 && (
        <Form.Item name="organizationId" label={t('invitation.organization')} required>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={data?.organizations.map((each) => ({ value: each.organizationId, label: each.name }))}
          />
        </Form.Item>
      )}
      <Form.Item name="title" label={t('invitation.name')} required>
        <Input autoComplete="off" data-testid="activity-title" />
      </Form.Item>
      <SubjectAndGrade subjects={data?.subjects} grades={data?.grades} />
      <Form.Item name="masterClassroomId" label={t('invitation.room')} required>
        <Select showSearch={{ optionFilterProp: 'label' }} options={rooms} />
      </Form.Item>
      <div className={styles.pair}>
        <Form.Item name="day" label={t('invitation.day')} required>
          <DayPicker />
        </Form.Item>
        <Form.Item name="period" label={t('invitation.period')}>
          <Select
            options={[
              { value: null, label: t('invitation.freeTime') },
              ...(bells?.periods ?? []).map(({ period, startsMinute, endsMinute }) => ({
                value: period,
                label: t('invitation.periodOf', {
                  period,
                  from: clockOf(startsMinute),
                  to: clockOf(endsMinute),
                }),
              })),
            ]}
            onChange={(chosenPeriod: number | null) => {
              const bell = bells?.periods.find(({ period }) => period === chosenPeriod);
              if (bell) form.setFieldsValue({ startsMinute: bell.startsMinute, endsMinute: bell.endsMinute });
            }}
          />
        </Form.Item>
      </div>
      <div className={styles.pair}>
        <Form.Item name="startsMinute" label={t('invitation.starts')} required>
          <MinuteInput onTyped={() => form.setFieldValue('period', null)} />
        </Form.Item>
        <Form.Item name="endsMinute" label={t('invitation.ends')} required>
          <MinuteInput onTyped={() => form.setFieldValue('period', null)} />
        </Form.Item>
      </div>
      <Form.Item name="teacherId" label={t('invitation.teacher')} required>
        <PersonSelect
          path="/api/activities/people"
          organizationId={chosen}
          {...(activity && { known: { accountId: activity.teacherId, name: activity.teacherName } })}
        />
      </Form.Item>
      <Form.Item name="remoteClassroomIds" label={t('invitation.rooms')} extra={t('invitation.roomsHint')}>
        <Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={rooms} />
      </Form.Item>
      <Form.Item name="rubricId" label={t('invitation.rubric')} extra={t('invitation.partHint')}>
        <Select
          options={[
            { value: null, label: t('invitation.noRubric') },
            ...(rubrics ?? []).map(({ rubricId, title }) => ({ value: rubricId, label: title })),
          ]}
        />
      </Form.Item>
      <Form.Item name="note" label={t('invitation.note')} extra={t('invitation.noteHint')}>
        <Input.TextArea rows={NOTE_ROWS} />
      </Form.Item>
    </>
  );
}
