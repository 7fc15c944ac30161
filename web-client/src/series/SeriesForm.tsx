import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Series, SeriesDraft } from '#protocol/series.ts';
import { FormDrawer } from '../admin/kit/FormDrawer.tsx';
import { seriesApi, seriesChoicesQuery } from './series-api.ts';

interface Props {
  /** Null: a new one. */
  series: Series | null;
  organizationId: string;
  open: boolean;
  onClose: () => void;
  onSaved: (series: Series) => void;
}

const SUMMARY_ROWS = 6;

/** A series' name and summary. */
export function SeriesForm({ series, organizationId, open, onClose, onSaved }: Props) {
  const { t } = useTranslation();
  const { data } = useQuery({ ...seriesChoicesQuery(organizationId), enabled: open && series === null });
  const valuesOf = ({ title, summary }: Pick<Series, 'title' | 'summary'>): SeriesDraft => ({
    organizationId,
    title,
    summary,
  });
  return (
    <FormDrawer<SeriesDraft, Series>
      title={t(series ? 'series.edit' : 'series.add')}
      open={open}
      onClose={onClose}
      initial={valuesOf(series ?? { title: '', summary: '' })}
      version={series?.version ?? 0}
      save={({ organizationId: where, title, summary }, version) =>
        series
          ? seriesApi.change(series.seriesId, { title, summary, version })
          : seriesApi.make({ organizationId: where, title, summary })
      }
      {...(series && {
        newest: async () => {
          const now = await seriesApi.find(series.seriesId);
          return { values: valuesOf(now), version: now.version };
        },
      })}
      compared={[
        { name: 'title', label: t('series.name') },
        { name: 'summary', label: t('series.summary') },
      ]}
      onSaved={onSaved}
    >
      {!series && (data?.organizations.length ?? 0) > 1 && (
        <Form.Item name="organizationId" label={t('series.school')} required>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={data?.organizations.map((each) => ({ value: each.organizationId, label: each.name }))}
          />
        </Form.Item>
      )}
      <Form.Item name="title" label={t('series.name')} required>
        <Input data-testid="series-title" autoComplete="off" />
      </Form.Item>
      <Form.Item name="summary" label={t('series.summary')} extra={t('series.summaryHint')}>
        <Input.TextArea rows={SUMMARY_ROWS} />
      </Form.Item>
    </FormDrawer>
  );
}
