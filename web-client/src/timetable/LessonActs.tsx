import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { REASON_MAX, type SchoolWeek, type WeekLesson } from '#protocol/timetable.ts';
import { DayPicker } from '../admin/kit/DayPicker.tsx';
import { useNow } from '../ui/use-now.ts';
import { ClashList } from './ClashList.tsx';
import { mayMove, partiesOf, placeIn } from './grid-cells.ts';
import styles from './LessonDrawer.module.css';
import { PeriodSelect } from './PeriodSelect.tsx';
import { choicesQuery } from './timetable-api.ts';
import { useAnywayWord } from './use-clash-words.ts';
import { useClashes } from './use-clashes.ts';
import { useWeekMoves } from './use-week-moves.tsx';

type Open = 'move' | 'substitute' | 'cancel' | null;
const TICK_MS = 30_000;

/** What can be done about a lesson: another time, somebody else, or not at all. */
export function LessonActs({ lesson, week }: { lesson: WeekLesson; week: SchoolWeek }) {
  const { t } = useTranslation();
  const now = useNow(TICK_MS);
  const moves = useWeekMoves();
  const [open, setOpen] = useState<Open>(null);
  const [busy, setBusy] = useState(false);
  const act = async (doing: Promise<unknown>) => {
    setBusy(true);
    await doing;
    setBusy(false);
    setOpen(null);
  };
  if (lesson.cancelled)
    return lesson.plannedStart > now ? (
      <Button loading={busy} data-testid="restore" onClick={() => void act(moves.restore(lesson))}>
        {t('timetable.restore')}
      </Button>
    ) : null;
  if (!mayMove(lesson, now)) return <p className={styles.quiet}>{t('timetable.notNow')}</p>;
  return (
    <div className={styles.acts}>
      <div className={styles.buttons}>
        {(['move', 'substitute', 'cancel'] as const).map((kind) => (
          <Button
            key={kind}
            type={open === kind ? 'primary' : 'default'}
            data-testid={`act-${kind}`}
            onClick={() => setOpen(open === kind ? null : kind)}
          >
            {t(`timetable.act.${kind}`)}
          </Button>
        ))}
      </div>
      {open === 'move' && <Move lesson={lesson} week={week} busy={busy} act={act} />}
      {open === 'substitute' && <Substitute lesson={lesson} busy={busy} act={act} />}
      {open === 'cancel' && <Cancel lesson={lesson} busy={busy} act={act} />}
    </div>
  );
}

interface ActProps {
  lesson: WeekLesson;
  busy: boolean;
  act(doing: Promise<unknown>): Promise<void>;
}

/** The same as dragging, for a day in another week. */
function Move({ lesson, week, busy, act }: ActProps & { week: SchoolWeek }) {
  const { t } = useTranslation();
  const moves = useWeekMoves();
  const [day, setDay] = useState(lesson.day);
  const [period, setPeriod] = useState(lesson.period);
  const anyway = useAnywayWord();
  const found = useClashes(
    day === '' || period === null
      ? null
      : {
          ...{ kind: 'lesson', organizationId: lesson.organizationId, lessonId: lesson.lessonId },
          ...{
            subject: lesson.subject,
            parties: partiesOf(lesson),
            places: [placeIn(week, lesson, day, period)],
          },
        },
  );
  const ready = day !== '' && period !== null && (day !== lesson.day || period !== lesson.period);
  return (
    <div className={styles.form}>
      <Field label={t('timetable.fact.day')}>
        {(id) => <DayPicker id={id} value={day} min={week.today} onChange={setDay} />}
      </Field>
      <Field label={t('timetable.period')}>
        {(id) => <PeriodSelect id={id} week={week} value={period} onChange={setPeriod} />}
      </Field>
      <ClashList clashes={found.clashes} school={lesson.organizationName} />
      <Button
        type="primary"
        disabled={!ready}
        loading={busy}
        data-testid="do-move"
        onClick={() => void act(moves.move(lesson, placeIn(week, lesson, day, period), found))}
      >
        {ready && found.clashes.length > 0 ? anyway(found.clashes) : t('timetable.act.doMove')}
      </Button>
    </div>
  );
}

function Field({ label, children }: { label: string; children(id: string): ReactNode }) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}

function Substitute({ lesson, busy, act }: ActProps) {
  const { t } = useTranslation();
  const moves = useWeekMoves();
  const { data } = useQuery(choicesQuery(lesson.organizationId));
  const [teacher, setTeacher] = useState<string | null>(null);
  const anyway = useAnywayWord();
  const found = useClashes(
    teacher === null
      ? null
      : {
          ...{ kind: 'lesson', organizationId: lesson.organizationId, lessonId: lesson.lessonId },
          parties: { teacherId: teacher },
          places: [{ day: lesson.day, startsMinute: lesson.startsMinute, endsMinute: lesson.endsMinute }],
        },
  );
  return (
    <div className={styles.form}>
      <Field label={t('timetable.newTeacher')}>
        {(id) => (
          <Select
            id={id}
            className={styles.wide}
            showSearch={{ optionFilterProp: 'label' }}
            data-testid="new-teacher"
            value={teacher}
            onChange={setTeacher}
            options={data?.teachers.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          />
        )}
      </Field>
      <ClashList clashes={found.clashes} school={lesson.organizationName} />
      <Button
        type="primary"
        disabled={teacher === null || teacher === lesson.teacher.id}
        loading={busy}
        data-testid="do-substitute"
        onClick={() => teacher && void act(moves.substitute(lesson, teacher, found))}
      >
        {found.clashes.length > 0 ? anyway(found.clashes) : t('timetable.act.doSubstitute')}
      </Button>
      {lesson.remotes.map(({ classroom, organizationId, organizationName, assistant }) => (
        <Field key={classroom.id} label={t('timetable.assistantOf', { school: organizationName })}>
          {(id) => (
            <Select
              id={id}
              className={styles.wide}
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              value={assistant?.id ?? null}
              onChange={(chosen: string | undefined) =>
                void act(moves.assist(lesson, classroom.id, chosen ?? null))
              }
              options={[
                ...(assistant ? [{ value: assistant.id, label: assistant.name }] : []),
                ...(data?.assistants ?? [])
                  .filter((each) => each.organizationId === organizationId && each.id !== assistant?.id)
                  .map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          )}
        </Field>
      ))}
    </div>
  );
}

function Cancel({ lesson, busy, act }: ActProps) {
  const { t } = useTranslation();
  const moves = useWeekMoves();
  const [reason, setReason] = useState('');
  return (
    <div className={styles.form}>
      <Field label={t('timetable.reason')}>
        {(id) => (
          <Input
            id={id}
            value={reason}
            maxLength={REASON_MAX}
            placeholder={t('timetable.reasonHint')}
            data-testid="reason"
            onChange={({ target }) => setReason(target.value)}
          />
        )}
      </Field>
      <Button
        danger
        disabled={reason.trim() === ''}
        loading={busy}
        data-testid="do-cancel"
        onClick={() => void act(moves.cancel(lesson, reason))}
      >
        {t('timetable.act.doCancel')}
      </Button>
    </div>
  );
}
