import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Select, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useOutletContext } from 'react-router';
import type { SchoolBells } from '#protocol/bells.ts';
import { clockOf, dayAndMinuteOf } from '#protocol/calendar.ts';
import type { Account } from '#protocol/domain.ts';
import { scopeOf } from '#protocol/office.ts';
import { DataTable } from '../admin/kit/DataTable.tsx';
import { DayPicker } from '../admin/kit/DayPicker.tsx';
import { PageHead } from '../admin/kit/PageHead.tsx';
import type { TableColumn } from '../admin/kit/table-column.ts';
import { ApiError } from '../api/api-error.ts';
import { platformNow } from '../api/clock.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { schoolTimeZone } from '../ui/time-zone.ts';
import styles from './Bells.module.css';
import { bellApi, schoolBellsQuery } from './bell-api.ts';

/** Every school with the bells that hold there today. */
export function BellsPage() {
  const { t } = useTranslation();
  const account = useOutletContext<Account>();
  const navigate = useNavigate();
  const schools = useQuery(schoolBellsQuery);
  const columns: TableColumn<SchoolBells>[] = [
    {
      key: 'school',
      title: t('bells.school'),
      value: ({ organizationName }) => organizationName,
      text: ({ organizationName }) => organizationName,
      sort: true,
    },
    {
      key: 'bells',
      title: t('bells.now'),
      value: ({ bells, organizationId }) =>
        bells ? (
          <>
            {bells.name}
            {bells.organizationId !== organizationId && (
              <Tag className={styles.tag}>{t('bells.inherited', { school: bells.organizationName })}</Tag>
            )}
          </>
        ) : (
          <Tag color="warning">{t('bells.none')}</Tag>
        ),
      text: ({ bells }) => bells?.name ?? '',
      filter: {
        options: [
          { value: 'own', label: t('bells.own') },
          { value: 'inherited', label: t('bells.inheritedAny') },
          { value: 'none', label: t('bells.none') },
        ],
        of: ({ bells, organizationId }) =>
          bells ? (bells.organizationId === organizationId ? 'own' : 'inherited') : 'none',
      },
    },
    { key: 'startsOn', title: t('bells.startsOn'), value: ({ bells }) => bells?.startsOn ?? '' },
    {
      key: 'count',
      title: t('bells.count'),
      value: ({ bells }) => bells?.periods.length ?? '',
      align: 'end',
    },
    {
      key: 'times',
      title: t('bells.day'),
      value: ({ bells }) =>
        bells && bells.periods.length > 0
          ? `${clockOf(bells.periods[0]!.startsMinute)} – ${clockOf(bells.periods.at(-1)!.endsMinute)}`
          : '',
    },
  ];
  return (
    <>
      <PageHead title={t('bells.title')} lead={t('bells.lead')} />
      <DataTable<SchoolBells>
        label={t('bells.title')}
        columns={columns}
        source={{
          rows: schools.data,
          error: schools.error,
          retry: () => void schools.refetch(),
          exportPath: '/api/bells',
        }}
        keyOf={({ organizationId }) => organizationId}
        searchWord={t('bells.school')}
        empty={{ title: t('bells.empty'), hint: t('bells.emptyHint') }}
        onOpen={({ organizationId }) => navigate(`/admin/bells/${organizationId}`)}
        {...(scopeOf(account.role, 'term.edit') && {
          bulk: (rows: SchoolBells[], clear: () => void) => (
            <CopyTo schools={schools.data ?? []} to={rows} onDone={clear} />
          ),
        })}
      />
    </>
  );
}

/** One school's bells for all that are ticked. */
function CopyTo({ schools, to, onDone }: { schools: SchoolBells[]; to: SchoolBells[]; onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [from, setFrom] = useState<string | null>(null);
  const [startsOn, setStartsOn] = useState(dayAndMinuteOf(platformNow(), schoolTimeZone()).day);
  const [busy, setBusy] = useState(false);
  const copy = async () => {
    setBusy(true);
    try {
      const organizationIds = to.map(({ organizationId }) => organizationId);
      const { added, replaced } = await bellApi.copy({ scheduleId: from!, startsOn, organizationIds });
      await client.invalidateQueries({ queryKey: ['bells'] });
      void message.success(t('bells.copied', { added, replaced }));
      onDone();
    } catch (thrown) {
      void message.error(<ErrorNote code={ApiError.from(thrown).code} />);
    } finally {
      setBusy(false);
    }
  };
  const sources = new Map(
    schools.flatMap(({ bells }) => (bells ? [[bells.scheduleId, bells] as const] : [])),
  );
  return (
    <>
      <Select
        className={styles.source}
        placeholder={t('bells.copyFrom')}
        value={from}
        onChange={setFrom}
        showSearch={{ optionFilterProp: 'label' }}
        options={[...sources.values()].map(({ scheduleId, organizationName, name }) => ({
          value: scheduleId,
          label: `${organizationName} ${name}`,
        }))}
      />
      <span>
        {t('bells.from')}
        <DayPicker
          className={styles.date}
          value={startsOn}
          onChange={setStartsOn}
          aria-label={t('bells.startsOn')}
        />
      </span>
      <Button type="primary" loading={busy} disabled={!from || !startsOn} onClick={() => void copy()}>
        {t('bells.copy', { count: to.length })}
      </Button>
    </>
  );
}
