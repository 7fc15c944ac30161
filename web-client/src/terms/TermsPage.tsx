import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useOutletContext } from 'react-router';
import { dayAndMinuteOf, isInTerm, weekOfTerm } from '#protocol/calendar.ts';
import type { Account } from '#protocol/domain.ts';
import { scopeOf } from '#protocol/office.ts';
import type { Term } from '#protocol/term.ts';
import { DataTable } from '../admin/kit/DataTable.tsx';
import { PageHead } from '../admin/kit/PageHead.tsx';
import type { TableColumn } from '../admin/kit/table-column.ts';
import { platformNow } from '../api/clock.ts';
import { schoolTimeZone } from '../ui/time-zone.ts';
import { useLanguage } from '../ui/use-language.ts';
import { fullDay } from './days.ts';
import { TermForm } from './TermForm.tsx';
import { termsQuery } from './term-api.ts';

/** Every term that holds somewhere one looks. */
export function TermsPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const account = useOutletContext<Account>();
  const navigate = useNavigate();
  const client = useQueryClient();
  const terms = useQuery(termsQuery);
  const [creating, setCreating] = useState(false);
  const today = dayAndMinuteOf(platformNow(), schoolTimeZone()).day;
  const now = (term: Term) =>
    isInTerm(term, today)
      ? t('terms.now', { week: weekOfTerm(term, today) })
      : term.startsOn > today
        ? t('terms.ahead')
        : t('terms.over');
  const columns: TableColumn<Term>[] = [
    { key: 'name', title: t('terms.name'), value: ({ name }) => name, text: ({ name }) => name },
    {
      key: 'organization',
      title: t('terms.organization'),
      value: ({ organizationName }) => organizationName,
      text: ({ organizationName }) => organizationName,
    },
    {
      key: 'starts',
      title: t('terms.span'),
      value: ({ startsOn, endsOn }) => `${fullDay(startsOn, language)} – ${fullDay(endsOn, language)}`,
      text: ({ startsOn }) => startsOn,
      sort: true,
    },
    { key: 'weeks', title: t('terms.weeks'), value: ({ weeks }) => weeks, align: 'end' },
    { key: 'now', title: t('terms.state'), value: now },
    { key: 'pairings', title: t('terms.pairings'), value: ({ pairingCount }) => pairingCount, align: 'end' },
    { key: 'lessons', title: t('terms.lessons'), value: ({ lessonCount }) => lessonCount, align: 'end' },
  ];
  const create = scopeOf(account.role, 'term.edit') && (
    <Button type="primary" onClick={() => setCreating(true)} data-testid="new-term">
      {t('terms.create')}
    </Button>
  );
  return (
    <>
      <PageHead title={t('terms.title')} lead={t('terms.lead')} action={create} />
      <DataTable<Term>
        label={t('terms.title')}
        columns={columns}
        source={{
          rows: terms.data,
          error: terms.error,
          retry: () => void terms.refetch(),
          exportPath: '/api/terms',
        }}
        keyOf={({ termId }) => termId}
        empty={{ title: t('terms.empty'), hint: t('terms.emptyHint'), action: create }}
        onOpen={({ termId }) => navigate(`/admin/terms/${termId}`)}
      />
      <TermForm
        open={creating}
        onClose={() => setCreating(false)}
        term={null}
        organizationId={account.organizationId}
        onSaved={(termId) => {
          void client.invalidateQueries({ queryKey: ['terms'] });
          navigate(`/admin/terms/${termId}`);
        }}
      />
    </>
  );
}
