import { IconPlus } from '@tabler/icons-react';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOutletContext, useSearchParams } from 'react-router';
import { Course } from '#protocol/directory.ts';
import type { Account } from '#protocol/domain.ts';
import { scopeOf } from '#protocol/office.ts';
import { DataTable } from '../admin/kit/DataTable.tsx';
import { PageHead } from '../admin/kit/PageHead.tsx';
import type { TableColumn } from '../admin/kit/table-column.ts';
import { measure } from '../theme/tokens.ts';
import { ClosedFilter, useClosed } from './ClosedFilter.tsx';
import { CourseForm } from './CourseForm.tsx';
import styles from './Directory.module.css';
import { directory } from './directory-api.ts';
import { useOrganizationOptions } from './OrganizationSelect.tsx';
import { PlacesPaste } from './PlacesPaste.tsx';
import { RowActions } from './RowActions.tsx';
import { useClose } from './use-close.ts';
import { useReference } from './use-reference.ts';

/** What is taught: subject, grade and book. */
export function CoursesPage() {
  const { t } = useTranslation();
  const account = useOutletContext<Account>();
  const [params] = useSearchParams();
  const mayEdit = scopeOf(account.role, 'directory.edit') !== null;
  const [edited, setEdited] = useState<Course | 'new' | null>(null);
  const closed = useClosed();
  const close = useClose(directory.closeCourse);
  const organizations = useOrganizationOptions();
  const { grades, subjects } = useReference();
  const usual = params.get('organization') ?? account.organizationId;
  const add = mayEdit && (
    <Button
      type="primary"
      icon={<IconPlus size={measure.icon} stroke={1.5} />}
      data-testid="add-course"
      onClick={() => setEdited('new')}
    >
      {t('directory.course.add')}
    </Button>
  );
  const paste = mayEdit && <PlacesPaste of="course" usual={usual} />;
  const columns: TableColumn<Course>[] = [
    {
      key: 'title',
      title: t('directory.course.name'),
      sort: true,
      value: (course) =>
        mayEdit && course.archivedAt === null ? (
          <button type="button" className={styles.open} onClick={() => setEdited(course)}>
            <bdi>{course.title}</bdi>
          </button>
        ) : (
          <bdi className={styles.name}>{course.title}</bdi>
        ),
    },
    {
      key: 'subject',
      title: t('directory.course.subject'),
      sort: true,
      filter: { options: subjects },
      value: ({ subject }) => subject,
    },
    {
      key: 'grade',
      title: t('directory.grade'),
      sort: true,
      filter: { options: grades },
      value: ({ grade }) => grade,
    },
    { key: 'textbook', title: t('directory.course.textbook'), value: ({ textbook }) => textbook ?? '—' },
    {
      key: 'organization',
      title: t('directory.place'),
      sort: true,
      filter: { options: organizations },
      value: ({ organizationName }) => <bdi>{organizationName}</bdi>,
    },
    {
      key: 'lessons',
      title: t('directory.course.lessons'),
      align: 'end',
      value: ({ lessons }) => lessons,
    },
    {
      key: 'act',
      title: '',
      align: 'end',
      value: (course) => {
        const { courseId, title, version, archivedAt } = course;
        const row = { id: courseId, name: title, version };
        return (
          mayEdit && (
            <RowActions
              name={title}
              items={
                archivedAt === null
                  ? [
                      { key: 'edit', label: t('directory.edit'), onClick: () => setEdited(course) },
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
          )
        );
      },
    },
  ];
  return (
    <>
      <PageHead
        title={t('directory.course.title')}
        lead={t('directory.course.lead')}
        action={add}
        more={paste}
      />
      <DataTable<Course>
        label={t('directory.course.title')}
        columns={columns}
        source={{ path: '/api/courses', row: Course, ...(closed && { params: { archived: 'true' } }) }}
        keyOf={({ courseId }) => courseId}
        searchWord={t('directory.course.search')}
        tools={<ClosedFilter />}
        empty={
          closed
            ? { title: t('directory.noneClosed'), action: <ClosedFilter /> }
            : {
                title: t('directory.course.empty'),
                hint: t('directory.course.emptyHint'),
                action: (
                  <span className={styles.actions}>
                    {add}
                    {paste}
                  </span>
                ),
              }
        }
      />
      <CourseForm
        course={edited === 'new' ? null : edited}
        usual={usual}
        open={edited !== null}
        onClose={() => setEdited(null)}
      />
    </>
  );
}
