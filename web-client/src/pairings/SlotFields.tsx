import { IconPlus } from '@tabler/icons-react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Button, Form, Select } from 'antd';
import { useEffect } from 'react';
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
import { ClashList } from '../timetable/ClashList.tsx';
import { type Draft, useClashes } from '../timetable/use-clashes.ts';
import styles from './Pairings.module.css';
import { choicesQuery } from './pairing-api.ts';
import type { PairingValues } from './pairing-values.ts';

interface Props {
  schools: readonly PartnerSchool[];
  pairingId: string | null;
  onClashes: (clashes: readonly Clash[]) => void;
}

/** The weekly periods, with what each is by the partners' bells, and what is in its way. */
export function SlotFields({ schools, pairingId, onClashes }: Props) {
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
  const subjectOf = (courseId: string | null) =>
    choices?.courses.find((each) => each.courseId === courseId)?.subject ?? null;
  const found = useClashes(draftOf(values, pairingId, subjectOf));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the callback is new with every drawing.
  useEffect(() => onClashes(found.clashes), [found.clashes]);
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
                  <ClashList clashes={found.clashes.filter(({ at }) => at === name)} />
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

/** What the periods ask for as they stand; null: too little yet. */
function draftOf(
  { organizationId, termId, slots = [], remotes = [], courses = [], ...values }: Partial<PairingValues>,
  pairingId: string | null,
  subjectOf: (courseId: string | null) => string | null,
): Draft | null {
  if (!organizationId || !termId || slots.length === 0) return null;
  const only = courses.length === 1 ? (courses[0]?.courseId ?? null) : null;
  return {
    ...{ kind: 'weekly', organizationId, termId, pairingId },
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
      subject: subjectOf(only ?? slot?.courseId ?? null),
      teacherId: courses.find(({ courseId }) => courseId && courseId === slot?.courseId)?.teacherId ?? null,
    })),
  };
}
