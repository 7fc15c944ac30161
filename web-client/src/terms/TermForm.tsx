import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Day, dayAndMinuteOf, weeksOfTerm } from '#protocol/calendar.ts';
import type { LessonChanges, Term } from '#protocol/term.ts';
import { DayPicker } from '../admin/kit/DayPicker.tsx';
import { FormDrawer } from '../admin/kit/FormDrawer.tsx';
import { useAskAgain } from '../admin/kit/use-ask-again.ts';
import { platformNow } from '../api/clock.ts';
import { measure } from '../theme/tokens.ts';
import { schoolTimeZone } from '../ui/time-zone.ts';
import { useLanguage } from '../ui/use-language.ts';
import { dayWord, WEEKDAYS, weekdayWord } from './days.ts';
import { statutoryDays, usualTerm } from './statutory.ts';
import styles from './Terms.module.css';
import { organizationsQuery, termApi } from './term-api.ts';

interface Values {
  organizationId: string;
  name: string;
  startsOn: Day;
  endsOn: Day;
  holidays: Term['holidays'];
  workdays: Term['workdays'];
}

interface Props {
  open: boolean;
  onClose: () => void;
  /** Null: a new one. */
  term: Term | null;
  organizationId: string;
  onSaved: (termId: string, lessons: LessonChanges | null) => void;
}

/** A term with its holidays; asks before planned lessons follow a change. */
export function TermForm({ open, onClose, term, organizationId, onSaved }: Props) {
  const { t } = useTranslation();
  const ask = useAskAgain();
  const organizations = useQuery({ ...organizationsQuery, enabled: open && !term });
  const usual = usualTerm(dayAndMinuteOf(platformNow(), schoolTimeZone()).day);
  const initial: Values = term ?? {
    organizationId,
    name: t(usual.half === 1 ? 'terms.usual.first' : 'terms.usual.second', {
      from: usual.year,
      to: usual.year + 1,
    }),
    startsOn: usual.startsOn,
    endsOn: usual.endsOn,
    holidays: [],
    workdays: [],
  };
  const save = async (values: Values, version: number) => {
    const { organizationId, name, startsOn, endsOn, holidays = [], workdays = [] } = values;
    const draft = { organizationId, name, startsOn, endsOn, holidays, workdays };
    if (!term) return { term: await termApi.create(draft), lessons: null };
    const change = (lessonsFollow: boolean) =>
      termApi.change(term.termId, { ...draft, version, lessonsFollow });
    return await ask(change, ({ code, fields }) => {
      const way = fields.find(({ path }) => path === 'lessons');
      if (code !== 'IN_USE' || !way) return null;
      return {
        title: t('terms.inTheWay', { count: Number(way.values?.count ?? 0) }),
        content: t('terms.inTheWayHint', { first: String(way.values?.by ?? '') }),
        okText: t('terms.follow'),
        cancelText: t('admin.form.goOn'),
      };
    });
  };
  const newest = async () => {
    const now = await termApi.one(term!.termId);
    return { values: now as Values, version: now.version };
  };
  return (
    <FormDrawer<Values, Awaited<ReturnType<typeof save>>>
      title={term ? t('terms.edit') : t('terms.create')}
      open={open}
      onClose={onClose}
      initial={initial}
      version={term?.version ?? 0}
      save={save}
      onSaved={({ term: saved, lessons }) => onSaved(saved.termId, lessons)}
      {...(term && { newest })}
      compared={[
        { name: 'name', label: t('terms.name') },
        { name: 'startsOn', label: t('terms.startsOn') },
        { name: 'endsOn', label: t('terms.endsOn') },
      ]}
    >
      {(form) => (
        <>
          {!term && (
            <Form.Item
              required
              name="organizationId"
              label={t('terms.organization')}
              extra={t('terms.organizationHint')}
            >
              <Select
                showSearch={{ optionFilterProp: 'label' }}
                options={(organizations.data ?? []).map((each) => ({
                  value: each.organizationId,
                  label: each.name,
                }))}
              />
            </Form.Item>
          )}
          <Form.Item required name="name" label={t('terms.name')}>
            <Input maxLength={60} />
          </Form.Item>
          <div className={styles.row}>
            <Form.Item required name="startsOn" label={t('terms.startsOn')}>
              <DayPicker />
            </Form.Item>
            <Form.Item required name="endsOn" label={t('terms.endsOn')}>
              <DayPicker />
            </Form.Item>
          </div>
          <Form.Item noStyle shouldUpdate>
            {() => <Weeks startsOn={form.getFieldValue('startsOn')} endsOn={form.getFieldValue('endsOn')} />}
          </Form.Item>
          <Statutory
            onTake={() => {
              const { startsOn, endsOn } = form.getFieldsValue(true) as Values;
              const found = statutoryDays(
                { startsOn, endsOn },
                {
                  holiday: (name) => t(`terms.national.${name}`),
                  madeUp: (day) =>
                    t('terms.madeUpFor', { day: `${Number(day.slice(5, 7))}/${Number(day.slice(8))}` }),
                },
              );
              form.setFieldsValue({ holidays: found.holidays, workdays: found.workdays });
              return found.unsure;
            }}
          />
          <DayRanges />
          <MakeUpDays />
        </>
      )}
    </FormDrawer>
  );
}

function Weeks({ startsOn, endsOn }: { startsOn?: Day; endsOn?: Day }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (!startsOn || !endsOn || endsOn <= startsOn) return null;
  return (
    <p className={styles.hint}>
      {t('terms.counted', {
        weeks: weeksOfTerm({ startsOn, endsOn }),
        from: dayWord(startsOn, language),
        to: dayWord(endsOn, language),
      })}
    </p>
  );
}

/** National holidays, taken with one click; says what has to be checked. */
function Statutory({ onTake }: { onTake: () => string[] }) {
  const { t } = useTranslation();
  const [unsure, setUnsure] = useState<string[] | null>(null);
  return (
    <>
      <Button onClick={() => setUnsure(onTake())} data-testid="statutory">
        {t('terms.statutory')}
      </Button>
      <p className={styles.hint}>{t('terms.statutoryHint')}</p>
      {unsure !== null && unsure.length > 0 && (
        <Alert type="warning" showIcon title={t('terms.unsure', { years: unsure.join('、') })} />
      )}
    </>
  );
}

function DayRanges() {
  const { t } = useTranslation();
  return (
    <Form.List name="holidays">
      {(fields, { add, remove }) => (
        <section>
          <h3 className={styles.listTitle}>
            {t('terms.holidays')}
            <Button
              icon={<IconPlus size={measure.icon} />}
              onClick={() => add({ name: '', from: '', to: '' })}
            >
              {t('terms.addHoliday')}
            </Button>
          </h3>
          {fields.map(({ key, name }) => (
            <div key={key} className={styles.row}>
              <Form.Item name={[name, 'name']}>
                <Input
                  placeholder={t('terms.holidayName')}
                  aria-label={t('terms.holidayName')}
                  maxLength={30}
                />
              </Form.Item>
              <Form.Item name={[name, 'from']}>
                <DayPicker aria-label={t('terms.from')} />
              </Form.Item>
              <Form.Item name={[name, 'to']}>
                <DayPicker aria-label={t('terms.to')} />
              </Form.Item>
              <RemoveButton onClick={() => remove(name)} />
            </div>
          ))}
        </section>
      )}
    </Form.List>
  );
}

function MakeUpDays() {
  const { t } = useTranslation();
  return (
    <Form.List name="workdays">
      {(fields, { add, remove }) => (
        <section>
          <h3 className={styles.listTitle}>
            {t('terms.workdays')}
            <Button
              icon={<IconPlus size={measure.icon} />}
              onClick={() => add({ name: '', day: '', followsWeekday: 1 })}
            >
              {t('terms.addWorkday')}
            </Button>
          </h3>
          <p className={styles.hint}>{t('terms.workdaysHint')}</p>
          {fields.map(({ key, name }) => (
            <div key={key} className={styles.row}>
              <Form.Item name={[name, 'day']}>
                <DayPicker aria-label={t('terms.day')} />
              </Form.Item>
              <Form.Item name={[name, 'followsWeekday']}>
                <Select
                  aria-label={t('terms.follows')}
                  options={WEEKDAYS.map((weekday) => ({
                    value: weekday,
                    label: t('terms.madeUp', { weekday: weekdayWord(weekday, t) }),
                  }))}
                />
              </Form.Item>
              <Form.Item name={[name, 'name']}>
                <Input placeholder={t('terms.remark')} aria-label={t('terms.remark')} maxLength={30} />
              </Form.Item>
              <RemoveButton onClick={() => remove(name)} />
            </div>
          ))}
        </section>
      )}
    </Form.List>
  );
}

export function RemoveButton({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation();
  return (
    <Button
      type="text"
      icon={<IconTrash size={measure.icon} stroke={1.5} />}
      onClick={onClick}
      aria-label={t('terms.removeRow')}
    />
  );
}
