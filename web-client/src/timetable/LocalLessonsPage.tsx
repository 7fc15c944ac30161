import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { clockOf } from '#protocol/calendar.ts';
import type { SchoolWeek } from '#protocol/timetable.ts';
import { EmptyNote } from '../admin/kit/EmptyNote.tsx';
import { ExportMenu } from '../admin/kit/ExportMenu.tsx';
import { PageHead } from '../admin/kit/PageHead.tsx';
import { ApiError } from '../api/api-error.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { type Editing, EditLocal } from './EditLocal.tsx';
import styles from './LocalLessonsPage.module.css';
import { PasteWeek } from './PasteWeek.tsx';
import { choicesQuery, localsQuery, schoolsQuery, weekQuery } from './timetable-api.ts';
import { useDayWords } from './use-day-words.ts';

const WEEKDAYS = [1, 2, 3, 4, 5] as const;

/** A school's own timetable, class by class: typed in, or pasted from a sheet. */
export function LocalLessonsPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const schools = useQuery(schoolsQuery);
  const school = search.get('school') ?? schools.data?.[0]?.organizationId ?? null;
  const week = useQuery({ ...weekQuery(school ?? '', null), enabled: school !== null });
  const error = schools.error ?? week.error;
  return (
    <>
      <PageHead
        title={t('timetable.local.title')}
        lead={t('timetable.local.lead')}
        more={
          <Link to={`/admin/timetable${school ? `?school=${school}` : ''}`} className={styles.link}>
            {t('timetable.local.back')}
          </Link>
        }
      />
      {error && <Alert type="warning" showIcon title={<ErrorNote code={ApiError.from(error).code} />} />}
      <div className={styles.tools}>
        <Select
          className={styles.select}
          aria-label={t('timetable.school')}
          showSearch={{ optionFilterProp: 'label' }}
          value={school}
          onChange={(id: string) => setSearch({ school: id })}
          options={
            schools.data?.map(({ organizationId, name }) => ({ value: organizationId, label: name })) ?? []
          }
        />
      </div>
      {!week.data && !error && <Skeleton active />}
      {week.data && !week.data.term && (
        <EmptyNote title={t('timetable.noTerm')} hint={t('timetable.local.noTermHint')} />
      )}
      {week.data?.term && (
        <Classes key={week.data.organizationId} week={week.data} termId={week.data.term.termId} />
      )}
    </>
  );
}

function Classes({ week, termId }: { week: SchoolWeek; termId: string }) {
  const { t } = useTranslation();
  const { weekday } = useDayWords();
  const [search, setSearch] = useSearchParams();
  const { data: choices } = useQuery({ ...choicesQuery(week.organizationId), enabled: week.mayEdit });
  const { data: locals } = useQuery(localsQuery(week.organizationId, termId));
  const [editing, setEditing] = useState<Editing | null>(null);
  const [pasting, setPasting] = useState(false);
  const groups = choices?.classGroups ?? [
    ...new Map((locals ?? []).map(({ classGroup }) => [classGroup.id, classGroup])).values(),
  ];
  const group = groups.find(({ id }) => id === search.get('class')) ?? groups[0];
  if (!group)
    return (
      <EmptyNote
        title={t('timetable.local.noClass')}
        hint={t('timetable.local.noClassHint')}
        action={<Link to="/admin/class-groups">{t('timetable.local.toClasses')}</Link>}
      />
    );
  const own = (locals ?? []).filter(({ classGroup }) => classGroup.id === group.id);
  return (
    <>
      <div className={styles.tools}>
        <Select
          className={styles.select}
          aria-label={t('timetable.party.classGroup')}
          showSearch={{ optionFilterProp: 'label' }}
          data-testid="class"
          value={group.id}
          onChange={(id: string) => setSearch({ school: week.organizationId, class: id })}
          options={groups.map(({ id, name }) => ({ value: id, label: name }))}
        />
        {week.mayEdit && (
          <Button type="primary" data-testid="paste" onClick={() => setPasting(true)}>
            {t('timetable.local.paste')}
          </Button>
        )}
        <ExportMenu
          path="/api/local-lessons/export"
          question={new URLSearchParams({ organizationId: week.organizationId, termId })}
        />
      </div>
      {own.length === 0 && <p className={styles.hint}>{t('timetable.local.empty', { group: group.name })}</p>}
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('timetable.period')}</th>
              {WEEKDAYS.map((day) => (
                <th key={day} scope="col">
                  {weekday(day)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {week.periods.map(({ period, startsMinute }) => (
              <tr key={period}>
                <th scope="row">
                  {t('today.period', { period })}{' '}
                  <span className={styles.clock}>{clockOf(startsMinute)}</span>
                </th>
                {WEEKDAYS.map((day) => (
                  <td key={day}>
                    {own
                      .filter((local) => local.weekday === day && local.period === period)
                      .map((lesson) => (
                        <button
                          key={lesson.localLessonId}
                          type="button"
                          className={styles.cell}
                          disabled={!week.mayEdit}
                          onClick={() => setEditing({ lesson, weekday: day, period })}
                        >
                          {lesson.subject}
                          {lesson.weeks !== 'all' && ` ${t(`timetable.weeksOf.${lesson.weeks}`)}`}
                          <span className={styles.teacher}>{lesson.teacher?.name}</span>
                        </button>
                      ))}
                    {week.mayEdit &&
                      !own.some((local) => local.weekday === day && local.period === period) && (
                        <button
                          type="button"
                          className={styles.blank}
                          aria-label={t('timetable.addAt', { weekday: weekday(day), period })}
                          onClick={() => setEditing({ lesson: null, weekday: day, period })}
                        >
                          +
                        </button>
                      )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {editing && (
        <EditLocal
          {...editing}
          {...{ organizationId: week.organizationId, termId, group }}
          onClose={() => setEditing(null)}
        />
      )}
      {pasting && (
        <PasteWeek
          {...{ organizationId: week.organizationId, termId, group }}
          onClose={() => setPasting(false)}
        />
      )}
    </>
  );
}
