import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Empty, Input, Radio, Table } from 'antd';
import { type Key, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ClassConsent, ConsentScope } from '#protocol/consent.ts';
import { ApiError } from '../api/api-error.ts';
import { SignedIn } from '../app/SignedIn.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { longDate } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import { Field } from './Field.tsx';
import { Mark } from './Mark.tsx';
import styles from './Review.module.css';
import { consentQuery, reviewApi } from './review-api.ts';

/** Where a school's administrator keeps what the families of its classes agreed to. */
export function ConsentPage() {
  return (
    <SignedIn>
      {() => (
        <App>
          <Register />
        </App>
      )}
    </SignedIn>
  );
}

const KINDS = {
  none: 'look',
  class: 'plain',
  school: 'going',
  public: 'good',
} as const satisfies Record<ConsentScope, string>;

function Register() {
  const { t } = useTranslation();
  const language = useLanguage();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<Key[]>([]);
  const [scope, setScope] = useState<ConsentScope>('public');
  const [note, setNote] = useState('');
  const { data, error } = useQuery(consentQuery);
  const record = useMutation({
    mutationFn: () =>
      reviewApi.recordConsent({ classGroupIds: chosen.map(String), scope, note: note.trim() }),
    onSuccess: ({ classes }) => {
      queries.setQueryData(consentQuery.queryKey, classes);
      setChosen([]);
      setNote('');
    },
  });
  if (error && ApiError.from(error).code === 'FORBIDDEN')
    return <Empty description={t('consent.onlyAdministrator')} />;
  const missing = data?.filter(({ needed, scope: known }) => needed && known === 'none').length ?? 0;
  return (
    <>
      <header className={styles.head}>
        <h1 className={styles.title}>{t('consent.title')}</h1>
        <p className={styles.lead}>{t('consent.lead')}</p>
      </header>
      <div className={styles.columns}>
        <section className={styles.card}>
          {error && <ErrorNote code={ApiError.from(error).code} />}
          {missing > 0 && <Alert type="warning" showIcon title={t('consent.missing', { count: missing })} />}
          {data?.length === 0 ? (
            <Empty description={t('consent.empty')} />
          ) : (
            <Table<ClassConsent>
              rowKey="classGroupId"
              loading={!data}
              dataSource={data ?? []}
              pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
              rowSelection={{ selectedRowKeys: chosen, onChange: setChosen }}
              columns={[
                {
                  title: t('consent.class'),
                  render: (_, group) => (
                    <div className={styles.what}>
                      <span className={styles.name}>{group.name}</span>
                      <span className={styles.quiet}>{group.organizationName}</span>
                    </div>
                  ),
                },
                {
                  title: t('consent.agreed'),
                  render: (_, { scope: known, needed, records }) =>
                    needed ? (
                      <Mark kind={KINDS[known]}>
                        {records === 0 ? t('consent.notRecorded') : t(`consent.scope.${known}`)}
                      </Mark>
                    ) : (
                      <span className={styles.quiet}>{t('consent.notNeeded')}</span>
                    ),
                },
                {
                  title: t('consent.recorded'),
                  responsive: ['md'],
                  render: (_, { byName, at, note: kept }) =>
                    at !== null && (
                      <div className={styles.what}>
                        <span>
                          {byName} · {longDate(at, language)}
                        </span>
                        <span className={styles.quiet}>{kept}</span>
                      </div>
                    ),
                },
              ]}
            />
          )}
        </section>
        <section className={styles.card} aria-labelledby="record-title">
          <h2 className={styles.subtitle} id="record-title">
            {t('consent.recordTitle')}
          </h2>
          <Radio.Group
            value={scope}
            onChange={({ target }) => setScope(target.value)}
            className={styles.form}
          >
            {ConsentScope.options.map((one) => (
              <Radio key={one} value={one} data-testid={`scope-${one}`}>
                {t(`consent.scope.${one}`)}
                <div className={styles.quiet}>{t(`consent.means.${one}`)}</div>
              </Radio>
            ))}
          </Radio.Group>
          <Field label={t('consent.note')}>
            {(id) => (
              <Input
                id={id}
                value={note}
                maxLength={200}
                placeholder={t('consent.noteHint')}
                onChange={({ target }) => setNote(target.value)}
              />
            )}
          </Field>
          <Button
            type="primary"
            size="large"
            loading={record.isPending}
            disabled={chosen.length === 0}
            data-testid="record-consent"
            onClick={() => record.mutate()}
          >
            {t('consent.record', { count: chosen.length })}
          </Button>
          {record.error && <ErrorNote code={ApiError.from(record.error).code} />}
          {record.data && (
            <Alert
              type="success"
              showIcon
              title={t('consent.done')}
              description={
                record.data.hiddenIn.length > 0 && (
                  <>
                    {t('consent.hidden', { count: record.data.hiddenIn.length })}
                    <ul className={styles.list}>
                      {record.data.hiddenIn.map(({ resourceId, title }) => (
                        <li key={resourceId}>
                          <bdi>{title}</bdi>
                        </li>
                      ))}
                    </ul>
                  </>
                )
              }
            />
          )}
        </section>
      </div>
    </>
  );
}
