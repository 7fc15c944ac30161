import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Modal, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PackageRow } from '#protocol/package.ts';
import { ApiError } from '../api/api-error.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { intakeApi, intakesQuery, reportQuery } from './intake-api.ts';
import { sizeWords } from './size-words.ts';
import styles from './UploadPage.module.css';

const COLORS = { new: 'success', same: 'default', refused: 'error' } as const;
const ROWS_A_PAGE = 20;

/** What importing a package would do, row by row; then it is done, all of it or nothing. */
export function PackageDialog({ intakeId, onClose }: { intakeId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data, error } = useQuery(reportQuery(intakeId));
  const take = useMutation({
    mutationFn: () => intakeApi.importPackage(intakeId, refused > 0),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: intakesQuery.queryKey });
      onClose();
    },
  });
  const rows = data?.rows ?? [];
  const fresh = rows.filter(({ fate }) => fate === 'new').length;
  const refused = rows.filter(({ fate }) => fate === 'refused').length;
  const failure = error ?? take.error;
  const mayTake = data?.imported === null && fresh > 0;
  return (
    <Modal
      open
      width="min(100%, 60rem)"
      title={t('intake.package.title', { count: rows.length })}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('intake.package.close')}</Button>
          {mayTake && (
            <Button
              type="primary"
              loading={take.isPending}
              onClick={() => take.mutate()}
              data-testid="import-package"
            >
              {t(refused > 0 ? 'intake.package.skip' : 'intake.package.take', { count: fresh })}
            </Button>
          )}
        </>
      }
    >
      {failure && <Alert type="error" showIcon title={<ErrorNote code={ApiError.from(failure).code} />} />}
      {data && data.imported === null && (
        <p className={styles.hint}>{t(fresh > 0 ? 'intake.package.lead' : 'intake.package.nothing')}</p>
      )}
      {data && data.imported !== null && (
        <Alert type="success" showIcon title={t('intake.package.imported', { count: data.imported })} />
      )}
      <Table<PackageRow>
        rowKey="row"
        size="small"
        loading={!data && !error}
        dataSource={rows}
        pagination={{ pageSize: ROWS_A_PAGE, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          { dataIndex: 'row', align: 'end' },
          {
            title: t('intake.package.resource'),
            key: 'title',
            render: (_, { title, name, bytes }) => (
              <>
                <bdi className={styles.name}>{title || name}</bdi>{' '}
                {bytes > 0 && <span className={styles.size}>{sizeWords(t, bytes)}</span>}
              </>
            ),
          },
          {
            title: t('intake.package.what'),
            key: 'fate',
            render: (_, { fate, failure: code }) => (
              <>
                <Tag color={COLORS[fate]}>{t(`intake.package.fate.${fate}`)}</Tag>
                {code && <ErrorNote code={code} />}
              </>
            ),
          },
        ]}
      />
    </Modal>
  );
}
