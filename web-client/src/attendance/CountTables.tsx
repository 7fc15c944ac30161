import { useTranslation } from 'react-i18next';
import type { AttendanceCount, AttendanceQuery, AttendanceReport } from '#protocol/attendance-report.ts';
import { DataTable } from '../admin/kit/DataTable.tsx';
import { ExportMenu } from '../admin/kit/ExportMenu.tsx';
import type { TableColumn } from '../admin/kit/table-column.ts';
import type { OpenBehind } from './AttendancePage.tsx';
import { questionOf } from './attendance-api.ts';
import { CountButton, Rate } from './CountButton.tsx';
import { shortDay } from './WeekChart.tsx';

interface Props {
  table: 'schools' | 'subjects' | 'weeks' | 'modes';
  report: AttendanceReport;
  query: AttendanceQuery;
  open: OpenBehind;
}

/** One line of any of the tables. */
interface Line {
  key: string;
  name: string;
  counts: readonly { side: 'master' | 'remote' | null; count: AttendanceCount }[];
  narrowed: Partial<AttendanceQuery>;
}

/** The same numbers by school (taught and received), by subject, by week or by kind. */
export function CountTables({ table, report, query, open }: Props) {
  const { t } = useTranslation();
  const rows = linesOf();
  const sides = table === 'schools' ? (['master', 'remote'] as const) : ([null] as const);
  const nameWord = t(
    table === 'schools'
      ? 'attendance.school'
      : table === 'subjects'
        ? 'attendance.subject'
        : table === 'weeks'
          ? 'attendance.weekColumn'
          : 'attendance.mode',
  );
  const columns: TableColumn<Line>[] = [
    {
      key: 'name',
      title: nameWord,
      value: ({ name }) => name,
      text: ({ key, name }) => (table === 'weeks' ? key : name),
      sort: true,
    },
    ...sides.flatMap((side, at) => columnsOf(side, at)),
  ];
  const question = questionOf(query);
  question.set('table', table);
  return (
    <DataTable
      name={table}
      label={t(`attendance.tab.${table}`)}
      columns={columns}
      source={{ rows }}
      keyOf={({ key }) => key}
      {...(table === 'schools' && { searchWord: t('attendance.school') })}
      empty={{ title: t('attendance.none'), hint: t('attendance.noneHint') }}
      tools={<ExportMenu path="/api/attendance/export" question={question} />}
    />
  );

  function columnsOf(side: 'master' | 'remote' | null, at: number): TableColumn<Line>[] {
    const before = side === null ? '' : `${t(`attendance.${side}`)} `;
    const number = (outcome: 'due' | 'held' | 'cancelled' | 'ahead'): TableColumn<Line> => ({
      key: `${side ?? ''}${outcome}`,
      title: `${before}${t(`attendance.${outcome}`)}`,
      align: 'end',
      sort: true,
      wideOnly: outcome === 'cancelled' || outcome === 'ahead',
      text: ({ counts }) => counts[at]!.count[outcome],
      value: ({ counts, narrowed, name }) => (
        <CountButton
          count={counts[at]!.count[outcome]}
          outcome={outcome}
          onOpen={() => open(outcome, { ...narrowed, ...(side && { side }) }, name)}
        />
      ),
    });
    return [
      number('due'),
      number('held'),
      {
        key: `${side ?? ''}rate`,
        title: `${before}${t('attendance.rate')}`,
        align: 'end',
        sort: true,
        text: ({ counts }) => {
          const { due, held } = counts[at]!.count;
          return due === 0 ? null : held / due;
        },
        value: ({ counts }) => <Rate count={counts[at]!.count} />,
      },
      ...(side === null ? [number('cancelled'), number('ahead')] : [number('cancelled')]),
    ];
  }

  function linesOf(): Line[] {
    const one = (count: AttendanceCount) => [{ side: null, count }];
    switch (table) {
      case 'schools':
        return report.schools.map(({ organizationId, name, master, remote }) => ({
          key: organizationId,
          name,
          counts: [
            { side: 'master', count: master },
            { side: 'remote', count: remote },
          ],
          narrowed: { organizationId },
        }));
      case 'subjects':
        return report.subjects.map((row) => ({
          key: row.subject,
          name: row.subject,
          counts: one(row),
          narrowed: { subject: row.subject },
        }));
      case 'weeks':
        return report.weeks.map((row) => ({
          key: row.monday,
          name: shortDay(row.monday),
          counts: one(row),
          narrowed: { week: row.monday },
        }));
      case 'modes':
        return report.modes.map((row) => ({
          key: row.mode,
          name: t(`mode.${row.mode}`),
          counts: one(row),
          narrowed: { mode: row.mode },
        }));
    }
  }
}
