import { IconChevronLeft } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Select, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { type BellPeriod, type BellSchedule, overlapsOf } from '#protocol/bells.ts';
import { clockOf, dayAndMinuteOf } from '#protocol/calendar.ts';
import { EmptyNote } from '../admin/kit/EmptyNote.tsx';
import { PageHead } from '../admin/kit/PageHead.tsx';
import { useAttempt } from '../admin/kit/use-attempt.tsx';
import { useUndoToast } from '../admin/kit/use-undo-toast.tsx';
import { platformNow } from '../api/clock.ts';
import terms from '../terms/Terms.module.css';
import { measure } from '../theme/tokens.ts';
import { schoolTimeZone } from '../ui/time-zone.ts';
import { BellForm } from './BellForm.tsx';
import styles from './Bells.module.css';
import { bellApi, schoolBellsQuery } from './bell-api.ts';

/** One school's bells, summer and winter, and how they meet another school's. */
export function SchoolBellsPage() {
  const { t } = useTranslation();
  const { organizationId = '' } = useParams();
  const client = useQueryClient();
  const toast = useUndoToast();
  const attempt = useAttempt();
  const today = dayAndMinuteOf(platformNow(), schoolTimeZone()).day;
  const schools = useQuery(schoolBellsQuery);
  const own = useQuery({ queryKey: ['bells', organizationId], queryFn: () => bellApi.of(organizationId) });
  const [form, setForm] = useState<{ schedule: BellSchedule | null } | null>(null);
  const school = schools.data?.find((each) => each.organizationId === organizationId);
  const read = () => client.invalidateQueries({ queryKey: ['bells'] });
  const remove = async (schedule: BellSchedule) => {
    const done = await attempt(() => bellApi.remove(schedule.scheduleId, schedule.version));
    await read();
    if (!done) return;
    const { name, startsOn, periods } = schedule;
    toast(t('bells.removed', { name }), async () => {
      await bellApi.create({ organizationId, name, startsOn, periods });
      await read();
    });
  };
  const create = school?.mayEdit && (
    <Button type="primary" onClick={() => setForm({ schedule: null })} data-testid="new-bells">
      {t('bells.create')}
    </Button>
  );
  const holding = school?.bells ?? null;
  return (
    <>
      <Link to="/admin/bells" className={terms.back}>
        <IconChevronLeft size={measure.icon} />
        {t('bells.title')}
      </Link>
      <PageHead title={school?.organizationName ?? ''} lead={t('bells.schoolLead')} action={create} />
      {own.data?.length === 0 && holding && (
        <p className={terms.hint}>{t('bells.follows', { school: holding.organizationName })}</p>
      )}
      {own.data?.length === 0 && !holding && (
        <EmptyNote title={t('bells.noneHere')} hint={t('bells.noneHint')} action={create} />
      )}
      <div className={styles.schedules}>
        {(own.data?.length ? own.data : holding ? [holding] : []).map((schedule) => (
          <section key={schedule.scheduleId} className={terms.panel}>
            <h2 className={terms.listTitle}>
              <span>
                {schedule.name}{' '}
                {schedule.scheduleId === holding?.scheduleId && <Tag color="success">{t('bells.holds')}</Tag>}
              </span>
              {school?.mayEdit && schedule.organizationId === organizationId && (
                <span>
                  <Button type="link" onClick={() => setForm({ schedule })}>
                    {t('bells.edit')}
                  </Button>
                  <Button type="link" onClick={() => void remove(schedule)}>
                    {t('terms.remove')}
                  </Button>
                </span>
              )}
            </h2>
            <p className={terms.hint}>{t('bells.since', { day: schedule.startsOn })}</p>
            <ol className={styles.periods}>
              {schedule.periods.map((each) => (
                <li key={each.period}>
                  <span>{t('bells.periodWord', { period: each.period })}</span>
                  <span className={styles.time}>{spanWord(each)}</span>
                </li>
              ))}
            </ol>
          </section>
        ))}
      </div>
      {holding && <Compare holding={holding} organizationId={organizationId} />}
      <BellForm
        open={form !== null}
        onClose={() => setForm(null)}
        organizationId={organizationId}
        schedule={form?.schedule ?? null}
        today={today}
        onSaved={(lessons) => {
          void read();
          toast(t('bells.saved', { ...lessons }));
        }}
      />
    </>
  );
}

/** What each of this school's lessons is by another's bells. */
function Compare({ holding, organizationId }: { holding: BellSchedule; organizationId: string }) {
  const { t } = useTranslation();
  const schools = useQuery(schoolBellsQuery);
  const [otherId, setOtherId] = useState<string | null>(null);
  const others = (schools.data ?? []).filter((each) => each.bells && each.organizationId !== organizationId);
  const other = others.find((each) => each.organizationId === otherId) ?? null;
  if (others.length === 0) return null;
  return (
    <section className={terms.panel}>
      <h2 className={terms.listTitle}>
        {t('bells.compare')}
        <Select
          className={styles.source}
          placeholder={t('bells.compareWith')}
          value={otherId}
          onChange={setOtherId}
          showSearch={{ optionFilterProp: 'label' }}
          options={others.map((each) => ({ value: each.organizationId, label: each.organizationName }))}
        />
      </h2>
      <p className={terms.hint}>{t('bells.compareHint')}</p>
      {other?.bells && (
        <ol className={styles.periods} data-testid="compared">
          {holding.periods.map((each) => (
            <li key={each.period}>
              <span>{t('bells.periodWord', { period: each.period })}</span>
              <span className={styles.time}>{spanWord(each)}</span>
              <span>
                <MeetsWord span={each} school={other.organizationName} periods={other.bells!.periods} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

interface MeetsProps {
  span: Pick<BellPeriod, 'startsMinute' | 'endsMinute'>;
  school: string;
  periods: readonly BellPeriod[];
}

/** '石门教学点第2节的一部分（09:40–10:20）' */
export function MeetsWord({ span, school, periods }: MeetsProps) {
  const { t } = useTranslation();
  const meets = overlapsOf(span, periods);
  const named = meets.map(({ period }) => {
    const at = periods.find((each) => each.period === period)!;
    return t('bells.periodAt', { period, time: spanWord(at) });
  });
  if (meets.length === 0) return <Tag color="warning">{t('bells.break', { school })}</Tag>;
  if (meets[0]!.how === 'same')
    return <Tag color="success">{t('bells.same', { school, period: meets[0]!.period })}</Tag>;
  return <>{t(meets.length > 1 ? 'bells.across' : 'bells.part', { school, periods: named.join('、') })}</>;
}

/** 08:50–09:30 */
export const spanWord = ({
  startsMinute,
  endsMinute,
}: Pick<BellPeriod, 'startsMinute' | 'endsMinute'>): string =>
  `${clockOf(startsMinute)}–${clockOf(endsMinute)}`;
