import { Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AuditAction, AuditEntry, AuditResult } from '#protocol/audit.ts';
import { DataTable } from '../admin/kit/DataTable.tsx';
import { PageHead } from '../admin/kit/PageHead.tsx';
import type { TableColumn } from '../admin/kit/table-column.ts';
import { ChainState } from './ChainState.tsx';
import { DayRange, useDays } from './DayRange.tsx';
import { EntryDrawer } from './EntryDrawer.tsx';
import { TONE, timeOf, whoOf } from './entry-words.ts';

/** Who did what, when, to what, with what result and from where. */
export function AuditPage() {
  const { t } = useTranslation();
  const [days, setDays] = useDays();
  const [open, setOpen] = useState<AuditEntry | null>(null);
  const columns: TableColumn<AuditEntry>[] = [
    { key: 'at', title: t('audit.at'), value: ({ at }) => timeOf(at) },
    {
      key: 'action',
      title: t('audit.what'),
      value: (entry) => <Sentence entry={entry} />,
      filter: {
        options: AuditAction.options.map((value) => ({ value, label: t(`audit.did.${value}`) })),
      },
    },
    {
      key: 'result',
      title: t('audit.result'),
      value: ({ result }) => <Tag color={TONE[result]}>{t(`audit.results.${result}`)}</Tag>,
      filter: {
        options: AuditResult.options.map((value) => ({ value, label: t(`audit.results.${value}`) })),
      },
    },
    {
      key: 'organization',
      title: t('audit.organization'),
      value: ({ organizationName }) => organizationName,
    },
    { key: 'address', title: t('audit.from'), value: ({ address }) => address, wideOnly: true },
    { key: 'seq', title: t('audit.seq'), value: ({ seq }) => seq, align: 'end', wideOnly: true },
  ];
  return (
    <>
      <PageHead title={t('audit.title')} lead={t('audit.lead')} />
      <ChainState />
      <DataTable
        label={t('audit.title')}
        columns={columns}
        source={{ path: '/api/audit', row: AuditEntry, params: days }}
        keyOf={({ seq }) => String(seq)}
        searchWord={t('audit.search')}
        empty={{ title: t('audit.empty') }}
        tools={<DayRange days={days} change={setDays} />}
        onOpen={setOpen}
      />
      <EntryDrawer entry={open} onClose={() => setOpen(null)} />
    </>
  );
}

function Sentence({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  const { action, object } = entry;
  return (
    <>
      {t('audit.sentence', { who: whoOf(entry, t), did: t(`audit.did.${action}`) })}
      {object?.name ? t('audit.object', { name: object.name }) : ''}
    </>
  );
}
