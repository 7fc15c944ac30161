import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Modal, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { clockOf, type Weeks } from '#protocol/calendar.ts';
import { readPastedWeek } from '#protocol/pasted-week.ts';
import type { LocalLesson, SchoolWeek } from '#protocol/timetable.ts';
import { EmptyNote } from '../admin/kit/EmptyNote.tsx';
import { FormDrawer } from '../admin/kit/FormDrawer.tsx';
import { PageHead } from '../admin/kit/PageHead.tsx';
import { useUndoToast } from '../admin/kit/use-undo-toast.tsx';
import { ApiError } from '../api/api-error.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import styles from './LocalLessonsPage.module.css';
import { choicesQuery, localsQuery, schoolsQuery, timetableApi, weekQuery } from './timetable-api.ts';
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

interface Editing {
  lesson: LocalLesson | null;
  weekday: number;
  period: number;
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

interface OfClass {
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

function EditLocal({ lesson, weekday, period, organizationId, termId, group, onClose }: OfClass & Editing) {
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

/** A sheet's cells, with what they would become, before anything is kept. */
function PasteWeek({ organizationId, termId, group, onClose }: OfClass) {
  const { t } = useTranslation();
  const { weekday } = useDayWords();
  const queries = useQueryClient();
  const toast = useUndoToast();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<ApiError['code'] | null>(null);
  const cells = readPastedWeek(text);
  const wish = { organizationId, termId, classGroupId: group.id, cells };
  const { data: look } = useQuery({
    queryKey: ['local-look', JSON.stringify(wish)],
    queryFn: () => timetableApi.importLocals({ ...wish, dryRun: true }),
    enabled: cells.length > 0,
  });
  const save = async () => {
    setBusy(true);
    try {
      const before = queries.getQueryData(localsQuery(organizationId, termId).queryKey) ?? [];
      await timetableApi.importLocals({ ...wish, dryRun: false });
      await queries.invalidateQueries({ queryKey: ['local-lessons'] });
      onClose();
      const own = before.filter(({ classGroup }) => classGroup.id === group.id);
      toast(t('timetable.local.pasted', { count: cells.length }), async () => {
        await timetableApi.importLocals({
          ...{ ...wish, dryRun: false },
          cells: own.map(({ weekday, period, weeks, subject, teacher }) => ({
            ...{ weekday, period, weeks, subject, teacherName: teacher?.name ?? '' },
          })),
        });
        await queries.invalidateQueries({ queryKey: ['local-lessons'] });
      });
    } catch (thrown) {
      setFailed(ApiError.from(thrown).code);
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t('timetable.local.pasteTitle', { group: group.name })}
      okText={t('timetable.local.pasteDo', { count: cells.length })}
      okButtonProps={{ disabled: cells.length === 0 }}
      confirmLoading={busy}
      onOk={() => void save()}
      onCancel={onClose}
    >
      <p>{t('timetable.local.pasteHint')}</p>
      <Input.TextArea
        rows={6}
        value={text}
        data-testid="paste-text"
        placeholder={t('timetable.local.pasteExample')}
        onChange={({ target }) => setText(target.value)}
      />
      {failed && <Alert type="warning" showIcon title={<ErrorNote code={failed} />} />}
      {look && look.removed > 0 && (
        <p className={styles.hint}>{t('timetable.local.replaces', { count: look.removed })}</p>
      )}
      {look && look.unknownTeachers.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('timetable.local.unknownTeachers', {
            names: look.unknownTeachers.join(t('common.separator')),
          })}
        />
      )}
      {look && look.unknownPeriods.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('timetable.local.unknownPeriods', {
            periods: look.unknownPeriods.join(t('common.separator')),
          })}
        />
      )}
      {cells.length > 0 && (
        <ul className={styles.preview} data-testid="paste-preview">
          {cells.map((cell) => (
            <li key={`${cell.weekday} ${cell.period} ${cell.weeks} ${cell.subject}`}>
              {weekday(cell.weekday)} {t('today.period', { period: cell.period })} {cell.subject}{' '}
              {cell.teacherName}
            </li>
          ))}
        </ul>
      )}
    </Modal>
  );
}
