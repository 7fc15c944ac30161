import { AutoComplete, Form, type FormInstance, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Course } from '#protocol/directory.ts';
import type { Id } from '#protocol/ids.ts';
import { FormDrawer } from '../admin/kit/FormDrawer.tsx';
import { useUndoToast } from '../admin/kit/use-undo-toast.tsx';
import { directory, directoryChanged } from './directory-api.ts';
import { OrganizationSelect } from './OrganizationSelect.tsx';
import { useReference } from './use-reference.ts';

interface Values {
  title: string;
  organizationId: Id;
  grade: string;
  subject: string;
  textbook: string;
}

const valuesOf = ({ title, organizationId, grade, subject, textbook }: Course): Values => ({
  ...{ title, organizationId, grade, subject },
  textbook: textbook ?? '',
});

/** What a course is called unless somebody knows better: 五年级英语（人教PEP版）. */
const titleOf = ({ grade, subject, textbook }: Partial<Values>): string =>
  grade && subject ? `${subject} ${grade}${textbook ? ` ${textbook}` : ''}` : '';

interface Props {
  course: Course | null;
  usual: Id;
  open: boolean;
  onClose: () => void;
}

export function CourseForm({ course, usual, open, onClose }: Props) {
  const { t } = useTranslation();
  const toast = useUndoToast();
  return (
    <FormDrawer<Values, Course>
      title={course ? course.title : t('directory.course.add')}
      open={open}
      onClose={onClose}
      initial={
        course ? valuesOf(course) : { title: '', organizationId: usual, grade: '', subject: '', textbook: '' }
      }
      version={course?.version ?? 0}
      save={(values, version) => {
        const body = { ...values, textbook: values.textbook || null };
        return course
          ? directory.changeCourse(course.courseId, { ...body, version })
          : directory.createCourse(body);
      }}
      onSaved={({ title }) => {
        void directoryChanged();
        toast(t(course ? 'directory.saved' : 'directory.made', { name: title }));
      }}
      {...(course && {
        newest: async () => {
          const now = await directory.course(course.courseId);
          return { values: valuesOf(now), version: now.version };
        },
      })}
      compared={[
        { name: 'title', label: t('directory.course.name') },
        { name: 'subject', label: t('directory.course.subject') },
        { name: 'grade', label: t('directory.grade') },
        { name: 'textbook', label: t('directory.course.textbook') },
      ]}
    >
      {(form) => <CourseFields form={form} />}
    </FormDrawer>
  );
}

function CourseFields({ form }: { form: FormInstance<Values> }) {
  const { t } = useTranslation();
  const { gradesByStage, subjects, editionsOf } = useReference();
  const subject = Form.useWatch('subject', form);
  /** Keeps the title in step with what it is made of, until somebody writes their own. */
  const choose = (change: Partial<Values>) => {
    const before = form.getFieldsValue(true) as Values;
    if (before.title === '' || before.title === titleOf(before))
      form.setFieldValue('title', titleOf({ ...before, ...change }));
  };
  return (
    <>
      <Form.Item name="organizationId" label={t('directory.place')} required>
        <OrganizationSelect />
      </Form.Item>
      <Form.Item name="subject" label={t('directory.course.subject')} required>
        <Select
          options={subjects}
          showSearch={{ optionFilterProp: 'label' }}
          data-testid="subject"
          onSelect={(value: string) => choose({ subject: value })}
        />
      </Form.Item>
      <Form.Item name="grade" label={t('directory.grade')} required>
        <Select
          options={gradesByStage}
          showSearch={{ optionFilterProp: 'label' }}
          data-testid="grade"
          onSelect={(value: string) => choose({ grade: value })}
        />
      </Form.Item>
      <Form.Item name="textbook" label={t('directory.course.textbook')}>
        <AutoComplete
          allowClear
          options={editionsOf(subject)}
          onSelect={(value: string) => choose({ textbook: value })}
        />
      </Form.Item>
      <Form.Item
        name="title"
        label={t('directory.course.name')}
        required
        extra={t('directory.course.nameHint')}
      >
        <Input maxLength={200} />
      </Form.Item>
    </>
  );
}
