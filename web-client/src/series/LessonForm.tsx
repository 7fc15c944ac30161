import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Series } from '#protocol/series.ts';
import { DayPicker } from '../admin/kit/DayPicker.tsx';
import { FormDrawer } from '../admin/kit/FormDrawer.tsx';
import { today } from '../attendance/use-range.ts';
import { chosenId } from '../invitation/chosen-id.ts';
import { MinuteInput } from '../invitation/MinuteInput.tsx';
import { PersonSelect } from '../invitation/PersonSelect.tsx';
import { SubjectAndGrade } from '../invitation/SubjectAndGrade.tsx';
import { ClashCheck } from '../timetable/ClashCheck.tsx';
import { useAnywayWord } from '../timetable/use-clash-words.ts';
import { NOTHING_FOUND } from '../timetable/use-clashes.ts';
import { useKnowingly } from '../timetable/use-knowingly.tsx';
import styles from './Series.module.css';
import { seriesApi, seriesChoicesQuery } from './series-api.ts';

export type SeriesLesson = Series['lessons'][number];

interface Props {
  series: Series;
  /** Null: a new one. */
  lesson: SeriesLesson | null;
  open: boolean;
  onClose: () => void;
  onSaved: (series: Series) => void;
}

interface Values {
  title: string;
  subject: string;
  grade: string;
  day: string;
  startsMinute: number;
  endsMinute: number;
  teacherId: string;
  masterClassroomId: string;
}

const NINE = 9 * 60;
const LENGTH = 40;

/** One lesson of a series: what, when, who, where. */
export function LessonForm({ series, lesson, open, onClose, onSaved }: Props) {
  const { t } = useTranslation();
  const { seriesId, organizationId } = series;
  const { data } = useQuery({ ...seriesChoicesQuery(organizationId), enabled: open });
  const last = series.lessons.at(-1);
  // A series is mostly taught by one person in one room.
  const usual = {
    title: '',
    subject: last?.subject ?? '',
    grade: last?.grade ?? '',
    day: today(),
    startsMinute: last?.startsMinute ?? NINE,
    endsMinute: last?.endsMinute ?? NINE + LENGTH,
    teacherId: last?.teacherId ?? '',
    masterClassroomId: last?.masterClassroomId ?? '',
  };
  const from = lesson ?? last;
  const knowingly = useKnowingly();
  const anyway = useAnywayWord();
  const [found, setFound] = useState(NOTHING_FOUND);
  return (
    <FormDrawer<Values, Series>
      title={t(lesson ? 'series.editLesson' : 'series.addLesson')}
      open={open}
      onClose={onClose}
      initial={lesson ?? usual}
      version={series.version}
      {...(found.clashes.length > 0 && { saveWord: anyway(found.clashes) })}
      save={(values, version) =>
        knowingly((despiteClashes) => {
          const draft = {
            ...values,
            teacherId: chosenId(values.teacherId),
            masterClassroomId: chosenId(values.masterClassroomId),
            ...{ version, despiteClashes },
          };
          return lesson
            ? seriesApi.changeLesson(seriesId, lesson.lessonId, draft)
            : seriesApi.addLesson(seriesId, draft);
        }, found)
      }
      newest={async () => {
        const now = await seriesApi.find(seriesId);
        const values = now.lessons.find(({ lessonId }) => lessonId === lesson?.lessonId) ?? usual;
        return { values, version: now.version };
      }}
      compared={[
        { name: 'title', label: t('series.lessonTitle') },
        { name: 'day', label: t('series.day') },
      ]}
      onSaved={onSaved}
    >
      <ClashCheck<Values>
        draftOf={({ day, startsMinute, endsMinute, teacherId, masterClassroomId }) =>
          day && startsMinute < endsMinute && (teacherId || masterClassroomId)
            ? {
                ...{ kind: 'lesson', organizationId, lessonId: lesson?.lessonId ?? null },
                parties: { teacherId: teacherId || null, masterClassroomId: masterClassroomId || null },
                places: [{ day, startsMinute, endsMinute }],
              }
            : null
        }
        onFound={setFound}
      />
      <Form.Item name="title" label={t('series.lessonTitle')} required>
        <Input autoComplete="off" data-testid="lesson-title" />
      </Form.Item>
      <SubjectAndGrade subjects={data?.subjects} grades={data?.grades} />
      <Form.Item name="day" label={t('series.day')} required>
        <DayPicker />
      </Form.Item>
      <div className={styles.pair}>
        <Form.Item name="startsMinute" label={t('series.starts')} required>
          <MinuteInput />
        </Form.Item>
        <Form.Item name="endsMinute" label={t('series.ends')} required>
          <MinuteInput />
        </Form.Item>
      </div>
      <Form.Item name="teacherId" label={t('series.teacher')} required>
        <PersonSelect
          path="/api/series/people"
          organizationId={organizationId}
          {...(from && { known: { accountId: from.teacherId, name: from.teacherName } })}
        />
      </Form.Item>
      <Form.Item name="masterClassroomId" label={t('series.room')} required>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={data?.rooms.map(({ accountId, name }) => ({ value: accountId, label: name }))}
        />
      </Form.Item>
    </FormDrawer>
  );
}
