import { AutoComplete, Form, Input, Segmented, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { clockOf } from '#protocol/calendar.ts';
import { NAME_MAX } from '#protocol/directory-text.ts';
import { DayPicker } from '../admin/kit/DayPicker.tsx';
import { BELL_TEMPLATES } from '../bells/templates.ts';
import type { Amiss, Draft, GuidePage } from './draft.ts';
import styles from './Guide.module.css';

interface Props {
  page: GuidePage;
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  /** What is wrong with which field. */
  amiss: ReadonlyMap<keyof Draft, Amiss>;
  /** Names that are there already. */
  known: { schools: string[]; grades: string[]; subjects: string[] };
  /** The master school is the administrator's own and nothing else. */
  fixedMaster: boolean;
}

/** The questions of one page of the guide. */
export function GuideFields(props: Props) {
  switch (props.page) {
    case 'schools':
      return <Schools {...props} />;
    case 'people':
      return <People {...props} />;
    case 'term':
      return <Term {...props} />;
    case 'lesson':
      return <Lesson {...props} />;
  }
}

function Schools({ draft, change, amiss, known, fixedMaster }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.pair}>
      <Side title={t('guide.master')}>
        <Field name="masterSchool" amiss={amiss} hint={t('guide.masterSchoolHint')}>
          <AutoComplete
            id="masterSchool"
            disabled={fixedMaster}
            value={draft.masterSchool}
            options={known.schools.map((value) => ({ value }))}
            onChange={(masterSchool: string) => change({ masterSchool })}
            maxLength={NAME_MAX}
          />
        </Field>
      </Side>
      <Side title={t('guide.remote')}>
        <Field name="remoteSchool" amiss={amiss} hint={t('guide.remoteSchoolHint')}>
          <AutoComplete
            id="remoteSchool"
            value={draft.remoteSchool}
            options={known.schools.map((value) => ({ value }))}
            onChange={(remoteSchool: string) => change({ remoteSchool })}
            maxLength={NAME_MAX}
          />
        </Field>
        <Field name="remoteKind" amiss={amiss}>
          <Segmented
            disabled={fixedMaster}
            value={draft.remoteKind}
            options={(['teachingPoint', 'school'] as const).map((value) => ({
              value,
              label: t(`guide.kind.${value}`),
            }))}
            onChange={(remoteKind) => change({ remoteKind })}
          />
        </Field>
      </Side>
    </div>
  );
}

function People({ draft, change, amiss, known }: Props) {
  const { t } = useTranslation();
  const text = (
    name: 'masterClass' | 'teacher' | 'masterRoom' | 'remoteClass' | 'assistant' | 'remoteRoom',
  ) => (
    <Field name={name} amiss={amiss}>
      <Input
        id={name}
        value={draft[name]}
        placeholder={t(`guide.example.${name}`)}
        maxLength={NAME_MAX}
        onChange={({ target }) => change({ [name]: target.value })}
      />
    </Field>
  );
  return (
    <>
      <Field name="grade" amiss={amiss}>
        <Select
          id="grade"
          showSearch
          className={styles.short}
          value={draft.grade || null}
          options={known.grades.map((value) => ({ value, label: value }))}
          onChange={(grade) => change({ grade: grade ?? '' })}
        />
      </Field>
      <div className={styles.pair}>
        <Side title={draft.masterSchool}>
          {text('masterClass')}
          {text('teacher')}
          {text('masterRoom')}
        </Side>
        <Side title={draft.remoteSchool}>
          {text('remoteClass')}
          {text('assistant')}
          {text('remoteRoom')}
        </Side>
      </div>
    </>
  );
}

function Term({ draft, change, amiss }: Props) {
  const { t } = useTranslation();
  const day = (name: 'startsOn' | 'endsOn', hint?: string) => (
    <Field name={name} amiss={amiss} {...(hint && { hint })}>
      <DayPicker
        id={name}
        className={styles.short}
        value={draft[name]}
        onChange={(day) => change({ [name]: day })}
      />
    </Field>
  );
  return (
    <>
      <Field name="termName" amiss={amiss}>
        <Input
          id="termName"
          className={styles.long}
          value={draft.termName}
          maxLength={60}
          onChange={({ target }) => change({ termName: target.value })}
        />
      </Field>
      {day('startsOn')}
      {day('endsOn', t('guide.termHint'))}
      <h3 className={styles.sideTitle}>{t('guide.bells')}</h3>
      <p className={styles.quiet}>{t('guide.bellsHint')}</p>
      <ol className={styles.bells}>
        {BELL_TEMPLATES.primary.map(({ period, startsMinute, endsMinute }) => (
          <li key={period}>
            {t('guide.periodTimes', { period, from: clockOf(startsMinute), to: clockOf(endsMinute) })}
          </li>
        ))}
      </ol>
    </>
  );
}

/** From Monday on. */
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

function Lesson({ draft, change, amiss, known }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <Field name="subject" amiss={amiss} hint={t('guide.subjectHint')}>
        <Select
          id="subject"
          showSearch
          className={styles.short}
          value={draft.subject || null}
          options={known.subjects.map((value) => ({ value, label: value }))}
          onChange={(subject) => change({ subject: subject ?? '' })}
        />
      </Field>
      <Field name="weekday" amiss={amiss}>
        <Segmented
          value={draft.weekday}
          options={WEEKDAYS.map((day, index) => ({ value: index + 1, label: t(`guide.weekday.${day}`) }))}
          onChange={(weekday) => change({ weekday })}
        />
      </Field>
      <Field name="period" amiss={amiss}>
        <Select
          id="period"
          className={styles.long}
          value={draft.period}
          options={BELL_TEMPLATES.primary.map(({ period, startsMinute, endsMinute }) => ({
            value: period,
            label: t('guide.periodTimes', { period, from: clockOf(startsMinute), to: clockOf(endsMinute) }),
          }))}
          onChange={(period) => change({ period })}
        />
      </Field>
    </>
  );
}

function Side({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.side}>
      <h3 className={styles.sideTitle}>{title}</h3>
      {children}
    </section>
  );
}

interface FieldProps {
  name: keyof Draft;
  amiss: ReadonlyMap<keyof Draft, Amiss>;
  hint?: string;
  children: ReactNode;
}

function Field({ name, amiss, hint, children }: FieldProps) {
  const { t } = useTranslation();
  const wrong = amiss.get(name);
  return (
    <Form.Item
      label={t(`guide.field.${name}`)}
      htmlFor={name}
      {...(wrong && { validateStatus: 'error', help: t(`guide.amiss.${wrong}`) })}
      {...(hint && !wrong && { extra: hint })}
    >
      {children}
    </Form.Item>
  );
}
