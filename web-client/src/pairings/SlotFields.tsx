import { IconAlertTriangle, IconPlus } from '@tabler/icons-react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Button, Form, Select } from 'antd';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import type { BellPeriod } from '#protocol/bells.ts';
import { Weeks } from '#protocol/calendar.ts';
import type { Clash } from '#protocol/clashes.ts';
import type { PartnerSchool } from '#protocol/pairing.ts';
import { MeetsWord, spanWord } from '../bells/SchoolBellsPage.tsx';
import { WEEKDAYS, weekdayWord } from '../terms/days.ts';
import { RemoveButton } from '../terms/TermForm.tsx';
import terms from '../terms/Terms.module.css';
import { measure } from '../theme/tokens.ts';
import styles from './Pairings.module.css';
import { choicesQuery, pairingApi } from './pairing-api.ts';
import type { PairingValues } from './pairing-values.ts';

interface Props {
  schools: readonly PartnerSchool[];
  pairingId: string | null;
}

/** The weekly periods, with what each is by the partners' bells, and what is in its way. */
export function SlotFields({ schools, pairingId }: Props) {
  const { t } = useTranslation();
  const form = Form.useFormInstance<PairingValues>();
  const values = (Form.useWatch([], form) ?? {}) as Partial<PairingValues>;
  const { organizationId = null, remotes = [], courses = [], slots = [] } = values;
  const choices = useQuery({ ...choicesQuery(organizationId ?? ''), enabled: organizationId !== null }).data;
  const partners = [...new Set(remotes.flatMap((remote) => remote?.organizationId ?? []))];
  const others = useQueries({ queries: partners.map((id) => choicesQuery(id)) }).flatMap(({ data }) =>
    data
      ? [
          {
            bells: data.bells,
            name: schools.find((each) => each.organizationId === data.organizationId)?.name ?? '',
          },
        ]
      : [],
  );
  const clashes = useClashes(values, pairingId);
  const bells = choices?.bells ?? [];
  return (
    <section className={terms.panel}>
      <h2 className={terms.listTitle}>{t('pairings.stepTimes')}</h2>
      {organizationId && choices && bells.length === 0 && (
        <p className={terms.hint}>{t('pairings.noBells')}</p>
      )}
      <Form.List name="slots">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className={styles.line}>
                <div>
                  <div className={styles.grid}>
                    {courses.length > 1 && (
                      <Form.Item name={[name, 'courseId']} label={t('pairings.course')}>
                        <Select
                          options={courses.flatMap(({ courseId }) => {
                            const course = choices?.courses.find((each) => each.courseId === courseId);
                            return course ? [{ value: course.courseId, label: course.title }] : [];
                          })}
                        />
                      </Form.Item>
                    )}
                    <Form.Item name={[name, 'weekday']} label={t('pairings.weekday')}>
                      <Select
                        options={WEEKDAYS.map((weekday) => ({
                          value: weekday,
                          label: weekdayWord(weekday, t),
                        }))}
                      />
                    </Form.Item>
                    <Form.Item name={[name, 'period']} label={t('pairings.period')}>
                      <Select
                        options={bells.map((each) => ({
                          value: each.period,
                          label: `${t('bells.periodWord', { period: each.period })} ${spanWord(each)}`,
                        }))}
                      />
                    </Form.Item>
                    <Form.Item name={[name, 'weeks']} label={t('pairings.weeks')}>
                      <Select
                        options={Weeks.options.map((weeks) => ({
                          value: weeks,
                          label: t(`pairings.weeksOf.${weeks}`),
                        }))}
                      />
                    </Form.Item>
                  </div>
                  <Elsewhere
                    at={bells.find(({ period }) => period === slots[name]?.period)}
                    others={others}
                  />
                  <Clashes clashes={clashes.filter(({ at }) => at === name)} />
                </div>
                <RemoveButton onClick={() => remove(name)} />
              </div>
            ))}
            <Button
              type="dashed"
              disabled={bells.length === 0}
              icon={<IconPlus size={measure.icon} />}
              onClick={() =>
                add({
                  ...{ courseId: null, weekday: 1, weeks: 'all' },
                  period: bells[0]?.period ?? 1,
                })
              }
              data-testid="add-slot"
            >
              {t('pairings.addSlot')}
            </Button>
          </>
        )}
      </Form.List>
    </section>
  );
}

/** The partners' own periods at that time. */
function Elsewhere({
  at,
  others,
}: {
  at: BellPeriod | undefined;
  others: readonly { name: string; bells: readonly BellPeriod[] }[];
}) {
  if (!at || others.length === 0) return null;
  return (
    <ul className={styles.shown}>
      {others.map(
        ({ name, bells }) =>
          bells.length > 0 && (
            <li key={name}>
              <MeetsWord span={at} school={name} periods={bells} />
            </li>
          ),
      )}
    </ul>
  );
}

function Clashes({ clashes }: { clashes: readonly Clash[] }) {
  const { t } = useTranslation();
  if (clashes.length === 0) return null;
  return (
    <ul className={styles.clashes} data-testid="clashes">
      {clashes.map(
        ({ party, id, name, subject, period, days, startsMinute, endsMinute, organizationName }) => (
          <li key={`${party} ${id} ${startsMinute} ${subject}`}>
            <IconAlertTriangle size={measure.icon} aria-hidden="true" />
            {t('pairings.clash', {
              who: name ?? t('pairings.somebody'),
              subject,
              time: period ? t('bells.periodWord', { period }) : spanWord({ startsMinute, endsMinute }),
              school: organizationName,
              days,
            })}
          </li>
        ),
      )}
    </ul>
  );
}

/** What is in the way of the periods as they stand, asked while one chooses. */
function useClashes(values: Partial<PairingValues>, pairingId: string | null): readonly Clash[] {
  const { organizationId, termId, slots = [], remotes = [], courses = [] } = values;
  const whole = Boolean(organizationId && termId && slots.length > 0);
  const body = JSON.stringify({
    kind: 'weekly',
    ...{ organizationId, termId, pairingId },
    parties: {
      teacherId: courses[0]?.teacherId ?? null,
      masterClassroomId: values.masterClassroomId ?? null,
      masterClassGroupId: values.masterClassGroupId ?? null,
      remotes: remotes.flatMap((remote) =>
        remote?.classGroupId
          ? [
              {
                classroomId: remote.classroomId ?? null,
                classGroupId: remote.classGroupId,
                assistantId: remote.assistantId ?? null,
              },
            ]
          : [],
      ),
    },
    slots: slots.map((slot) => ({
      ...{ weekday: slot?.weekday ?? 1, period: slot?.period ?? 1, weeks: slot?.weeks ?? 'all' },
      teacherId: courses.find(({ courseId }) => courseId && courseId === slot?.courseId)?.teacherId ?? null,
    })),
  });
  const asked = useDeferredValue(body);
  const query = useQuery({
    queryKey: ['clashes', asked],
    queryFn: () => pairingApi.clashes(JSON.parse(asked)),
    enabled: whole,
    placeholderData: (before) => before,
    retry: false,
  });
  return whole ? (query.data ?? []) : [];
}
