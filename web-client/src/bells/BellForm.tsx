import { IconPlus } from '@tabler/icons-react';
import { Button, Form, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import type { BellSchedule } from '#protocol/bells.ts';
import { clockOf, type Day, minuteOf } from '#protocol/calendar.ts';
import type { LessonChanges } from '#protocol/term.ts';
import { ClockPicker } from '../admin/kit/ClockPicker.tsx';
import { DayPicker } from '../admin/kit/DayPicker.tsx';
import { FormDrawer } from '../admin/kit/FormDrawer.tsx';
import { useAskAgain } from '../admin/kit/use-ask-again.ts';
import { RemoveButton } from '../terms/TermForm.tsx';
import styles from '../terms/Terms.module.css';
import { measure } from '../theme/tokens.ts';
import { bellApi } from './bell-api.ts';
import { BELL_TEMPLATES } from './templates.ts';

interface Values {
  name: string;
  startsOn: Day;
  periods: { period: number; startsMinute: string; endsMinute: string }[];
}

interface Props {
  open: boolean;
  onClose: () => void;
  organizationId: string;
  /** Null: a new one. */
  schedule: BellSchedule | null;
  today: Day;
  onSaved: (lessons: LessonChanges) => void;
}

const valuesOf = ({
  name,
  startsOn,
  periods,
}: Pick<BellSchedule, 'name' | 'startsOn' | 'periods'>): Values => ({
  name,
  startsOn,
  periods: periods.map(({ period, startsMinute, endsMinute }) => ({
    ...{ period, startsMinute: clockOf(startsMinute), endsMinute: clockOf(endsMinute) },
  })),
});

/** One school's bells from a day on. */
export function BellForm({ open, onClose, organizationId, schedule, today, onSaved }: Props) {
  const { t } = useTranslation();
  const ask = useAskAgain();
  const initial = schedule
    ? valuesOf(schedule)
    : valuesOf({ name: t('bells.usualName'), startsOn: today, periods: BELL_TEMPLATES.primary });
  const save = async ({ name, startsOn, periods }: Values, version: number) => {
    const body = {
      name,
      startsOn,
      periods: periods.map(({ period, startsMinute, endsMinute }) => ({
        // What is no time is refused beside its field.
        ...{ period, startsMinute: minuteOf(startsMinute) ?? -1, endsMinute: minuteOf(endsMinute) ?? -1 },
      })),
    };
    if (!schedule) return await bellApi.create({ ...body, organizationId });
    const change = (lessonsFollow: boolean) =>
      bellApi.change(schedule.scheduleId, { ...body, version, lessonsFollow });
    return await ask(change, ({ code, fields }) => {
      const way = fields.find(({ path }) => path === 'lessons');
      if (code !== 'IN_USE' || !way) return null;
      return {
        title: t('bells.inTheWay', { count: Number(way.values?.count ?? 0) }),
        content: t('bells.inTheWayHint'),
        okText: t('terms.follow'),
        cancelText: t('admin.form.goOn'),
      };
    });
  };
  const newest = async () => {
    const now = (await bellApi.of(organizationId)).find(
      ({ scheduleId }) => scheduleId === schedule!.scheduleId,
    )!;
    return { values: valuesOf(now), version: now.version };
  };
  return (
    <FormDrawer<Values, Awaited<ReturnType<typeof save>>>
      title={schedule ? t('bells.edit') : t('bells.create')}
      open={open}
      onClose={onClose}
      initial={initial}
      version={schedule?.version ?? 0}
      save={save}
      onSaved={({ lessons }) => onSaved(lessons)}
      {...(schedule && { newest })}
      compared={[
        { name: 'name', label: t('bells.name') },
        { name: 'startsOn', label: t('bells.startsOn') },
      ]}
    >
      {(form) => (
        <>
          <div className={styles.row}>
            <Form.Item required name="name" label={t('bells.name')}>
              <Input maxLength={30} />
            </Form.Item>
            <Form.Item required name="startsOn" label={t('bells.startsOn')}>
              <DayPicker />
            </Form.Item>
          </div>
          <h3 className={styles.listTitle}>
            {t('bells.periods')}
            <span>
              {(['primary', 'middle'] as const).map((kind) => (
                <Button
                  key={kind}
                  type="link"
                  onClick={() =>
                    form.setFieldsValue({
                      periods: valuesOf({ name: '', startsOn: today, periods: [...BELL_TEMPLATES[kind]] })
                        .periods,
                    })
                  }
                >
                  {t(`bells.template.${kind}`)}
                </Button>
              ))}
            </span>
          </h3>
          <Form.List name="periods">
            {(fields, { add, remove }) => (
              <>
                {fields.map(({ key, name }) => (
                  <div key={key} className={styles.row}>
                    <Form.Item name={[name, 'period']}>
                      <InputNumber min={1} max={20} prefix={t('bells.nth')} aria-label={t('bells.period')} />
                    </Form.Item>
                    <Form.Item name={[name, 'startsMinute']}>
                      <ClockPicker aria-label={t('bells.starts')} />
                    </Form.Item>
                    <Form.Item name={[name, 'endsMinute']}>
                      <ClockPicker aria-label={t('bells.ends')} />
                    </Form.Item>
                    <RemoveButton onClick={() => remove(name)} />
                  </div>
                ))}
                <Button
                  block
                  type="dashed"
                  icon={<IconPlus size={measure.icon} />}
                  onClick={() => add(nextPeriod(form.getFieldValue('periods')))}
                >
                  {t('bells.addPeriod')}
                </Button>
              </>
            )}
          </Form.List>
        </>
      )}
    </FormDrawer>
  );
}

/** As long as the last one, ten minutes after it. */
function nextPeriod(periods: Values['periods'] = []): Values['periods'][number] {
  const last = periods.at(-1);
  const begun = last ? minuteOf(last.startsMinute) : null;
  const ended = last ? minuteOf(last.endsMinute) : null;
  if (!last || begun === null || ended === null)
    return { period: periods.length + 1, startsMinute: '08:00', endsMinute: '08:40' };
  const starts = Math.min(ended + 10, 1390);
  return {
    period: last.period + 1,
    startsMinute: clockOf(starts),
    endsMinute: clockOf(Math.min(starts + ended - begun, 1439)),
  };
}
