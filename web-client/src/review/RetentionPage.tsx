import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Empty, InputNumber, Select, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Binned, DueResource, RetentionBook, RetentionRule } from '#protocol/retention.ts';
import { ApiError } from '../api/api-error.ts';
import { SignedIn } from '../app/SignedIn.tsx';
import { join } from '../ui/class-names.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { longDate } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import { Mark } from './Mark.tsx';
import styles from './Review.module.css';
import { retentionQuery, reviewApi } from './review-api.ts';

const KEEP_MONTHS = 6;

/** How long things are kept here, what goes soon, and what lies in the bin. */
export function RetentionPage() {
  return (
    <SignedIn>
      {() => (
        <App>
          <Book />
        </App>
      )}
    </SignedIn>
  );
}

function Book() {
  const { t } = useTranslation();
  const language = useLanguage();
  const queries = useQueryClient();
  const { data, error } = useQuery(retentionQuery);
  const known = (book: RetentionBook) => queries.setQueryData(retentionQuery.queryKey, book);
  const keep = useMutation({
    mutationFn: ({ resourceId }: DueResource) => reviewApi.keep(resourceId, KEEP_MONTHS),
    onSuccess: known,
  });
  const takeOut = useMutation({
    mutationFn: ({ resourceId }: Binned) => reviewApi.takeOut(resourceId),
    onSuccess: () => queries.invalidateQueries(),
  });
  const failure = error ?? keep.error ?? takeOut.error;
  return (
    <>
      <header className={styles.head}>
        <h1 className={styles.title}>{t('retention.title')}</h1>
        <p className={styles.lead}>{t('retention.lead')}</p>
      </header>
      {failure && <ErrorNote code={ApiError.from(failure).code} />}
      <div className={styles.column}>
        {data && (
          <section className={styles.card}>
            <h2 className={styles.subtitle}>{t('retention.rules')}</h2>
            <ul className={styles.list}>
              {data.rules.map((rule) => (
                <RuleLine
                  key={`${rule.mode} ${rule.months} ${rule.after}`}
                  rule={rule}
                  fromName={rule.fromName}
                  mayRule={data.mayRule}
                  onSaved={known}
                />
              ))}
            </ul>
          </section>
        )}
        <section className={styles.card}>
          <h2 className={styles.subtitle}>{t('retention.due')}</h2>
          {data?.due.length === 0 ? (
            <Empty description={t('retention.nothingDue')} image={Empty.PRESENTED_IMAGE_SIMPLE} />
          ) : (
            <Table<DueResource>
              rowKey="resourceId"
              loading={!data}
              dataSource={data?.due ?? []}
              pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
              columns={[
                {
                  title: t('review.resource'),
                  render: (_, row) => (
                    <div className={styles.what}>
                      <bdi className={styles.name}>{row.title}</bdi>
                      <span className={styles.quiet}>
                        {row.organizationName} {row.authorName} · {t(`mode.${row.mode}`)}
                      </span>
                    </div>
                  ),
                },
                {
                  title: t('retention.goes'),
                  render: (_, row) => (
                    <div className={styles.what}>
                      <span>{longDate(row.dueAt, language)}</span>
                      <Mark kind={row.after === 'delete' ? 'look' : 'plain'}>
                        {t(`retention.after.${row.after}`)}
                      </Mark>
                    </div>
                  ),
                },
                {
                  key: 'keep',
                  align: 'end',
                  render: (_, row) => (
                    <Button loading={keep.isPending} onClick={() => keep.mutate(row)}>
                      {t('retention.keep', { count: KEEP_MONTHS })}
                    </Button>
                  ),
                },
              ]}
            />
          )}
        </section>
        <section className={styles.card}>
          <h2 className={styles.subtitle}>{t('retention.bin')}</h2>
          {data?.bin.length === 0 ? (
            <Empty description={t('retention.binEmpty')} image={Empty.PRESENTED_IMAGE_SIMPLE} />
          ) : (
            <Table<Binned>
              rowKey="resourceId"
              loading={!data}
              dataSource={data?.bin ?? []}
              pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
              columns={[
                {
                  title: t('review.resource'),
                  render: (_, row) => (
                    <div className={styles.what}>
                      <bdi className={styles.name}>{row.title}</bdi>
                      <span className={styles.quiet}>
                        {row.byName ?? t('review.platform')} ·{' '}
                        {row.why === 'retention' ? t('retention.byRule') : row.why}
                      </span>
                    </div>
                  ),
                },
                {
                  title: t('retention.goneAt'),
                  render: (_, { purgeAt }) => longDate(purgeAt, language),
                },
                {
                  key: 'back',
                  align: 'end',
                  render: (_, row) => (
                    <Button loading={takeOut.isPending} onClick={() => takeOut.mutate(row)}>
                      {t('retention.takeOut')}
                    </Button>
                  ),
                },
              ]}
            />
          )}
        </section>
      </div>
    </>
  );
}

interface RuleProps {
  rule: RetentionRule;
  fromName: string | null;
  mayRule: boolean;
  onSaved: (book: RetentionBook) => void;
}

/** The rule of one kind of lesson, and whose it is. */
function RuleLine({ rule, fromName, mayRule, onSaved }: RuleProps) {
  const { t } = useTranslation();
  const [months, setMonths] = useState(rule.months);
  const [after, setAfter] = useState(rule.after);
  const save = useMutation({
    mutationFn: () => reviewApi.rule({ mode: rule.mode, months, after }),
    onSuccess: onSaved,
  });
  const same = months === rule.months && after === rule.after;
  return (
    <li className={join(styles.line, styles.rule)}>
      <div className={styles.lineText}>
        <span className={styles.name}>{t(`mode.${rule.mode}`)}</span>
        <div className={styles.quiet}>
          {fromName === null ? t('retention.noRule') : t('retention.ruleOf', { name: fromName })}
        </div>
      </div>
      {mayRule ? (
        <div className={styles.tools}>
          <InputNumber
            className={styles.months}
            min={1}
            max={600}
            value={months}
            placeholder={t('retention.forEver')}
            aria-label={t('retention.months')}
            suffix={t('retention.months')}
            onChange={(value) => setMonths(value)}
          />
          <Select
            value={after}
            disabled={months === null}
            aria-label={t('retention.afterwards')}
            onChange={setAfter}
            options={(['remind', 'delete'] as const).map((value) => ({
              value,
              label: t(`retention.after.${value}`),
            }))}
          />
          <Button type="primary" disabled={same} loading={save.isPending} onClick={() => save.mutate()}>
            {t('review.save')}
          </Button>
          {save.error && <ErrorNote code={ApiError.from(save.error).code} />}
        </div>
      ) : (
        <span>
          {rule.months === null
            ? t('retention.forEver')
            : t('retention.monthsThen', { count: rule.months, what: t(`retention.after.${rule.after}`) })}
        </span>
      )}
    </li>
  );
}
