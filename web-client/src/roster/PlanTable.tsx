import { Tag } from 'antd';
import type { ParseKeys } from 'i18next';
import { useTranslation } from 'react-i18next';
import { RosterFate, RosterKind, RosterRow } from '#protocol/roster.ts';
import { DataTable } from '../admin/kit/DataTable.tsx';
import type { TableColumn } from '../admin/kit/table-column.ts';
import styles from './RosterPage.module.css';
import { rowsPath } from './roster-api.ts';

const COLOR: Record<RosterFate, string> = {
  ...{ new: 'green', changed: 'cyan', archived: 'orange', unchanged: 'default', skipped: 'default' },
  ...{ left: 'orange', kept: 'default' },
  refused: 'red',
};

/** Every row with its fate: what is new, what changes, and what is wrong, where and why. */
export function PlanTable({ importId }: { importId: string }) {
  const { t } = useTranslation();
  const columns: TableColumn<RosterRow>[] = [
    {
      key: 'fate',
      title: t('roster.column.fate'),
      value: ({ fate }) => (
        <Tag color={COLOR[fate]} variant="filled">
          {t(`roster.fate.${fate}`)}
        </Tag>
      ),
      filter: {
        options: RosterFate.options.map((fate) => ({ value: fate, label: t(`roster.fate.${fate}`) })),
      },
    },
    {
      key: 'kind',
      title: t('roster.column.kind'),
      value: ({ kind }) => t(`roster.kind.${kind}`),
      wideOnly: true,
      filter: {
        options: RosterKind.options.map((kind) => ({ value: kind, label: t(`roster.kind.${kind}`) })),
      },
    },
    {
      key: 'line',
      title: t('roster.column.line'),
      value: ({ file, line }) => (
        <span className={styles.where}>
          {line > 0 ? t('roster.where', { file, line }) : t('roster.nowhere')}
        </span>
      ),
    },
    { key: 'name', title: t('roster.column.name'), value: ({ label }) => label },
    { key: 'what', title: t('roster.column.what'), value: (row) => <What row={row} /> },
  ];
  return (
    <DataTable
      label={t('roster.title')}
      columns={columns}
      source={{ path: rowsPath(importId), row: RosterRow }}
      keyOf={({ file, line, sourcedId }) => `${file} ${line} ${sourcedId}`}
      searchWord={t('roster.search')}
      empty={{ title: t('roster.nothing') }}
    />
  );
}

function What({ row: { changes, problems, original } }: { row: RosterRow }) {
  const { t } = useTranslation();
  /** Dots part the levels of a key. */
  const field = (name: string) =>
    t(`roster.field.${(name || 'row').replace('metadata.', 'meta_')}` as ParseKeys, { defaultValue: name });
  return (
    <div className={styles.what}>
      {problems.map((problem) => (
        <span key={`${problem.field} ${problem.issue} ${problem.value}`}>
          {t(`roster.issue.${problem.issue}`, { field: field(problem.field), value: problem.value })}
        </span>
      ))}
      {changes.map((change) => (
        <span key={change.field}>
          {t(change.from ? 'roster.change' : 'roster.changeNew', {
            ...{ field: field(change.field), from: change.from, to: change.to || t('roster.emptyValue') },
          })}
        </span>
      ))}
      {original && <code className={styles.original}>{original}</code>}
    </div>
  );
}
