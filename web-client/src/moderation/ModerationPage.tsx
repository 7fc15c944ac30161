import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Empty, Input, Table, Tag } from 'antd';
import { type Key, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ListedWord, WORDS_A_PAGE } from '#protocol/moderation.ts';
import { ApiError } from '../api/api-error.ts';
import { SignedIn } from '../app/SignedIn.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { clockTime, longDate } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import { AddWords } from './AddWords.tsx';
import styles from './ModerationPage.module.css';
import { wordsApi, wordsQuery } from './words-api.ts';

/** Where a bureau keeps the words that its lessons' texts are checked for. */
export function ModerationPage() {
  return (
    <SignedIn>
      {() => (
        <App>
          <WordTable />
        </App>
      )}
    </SignedIn>
  );
}

function WordTable() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [search, setSearch] = useState('');
  const [page, setPage] = useState(1);
  const [chosen, setChosen] = useState<Key[]>([]);
  const { data, error } = useQuery(wordsQuery(search, (page - 1) * WORDS_A_PAGE));
  const again = () => queries.invalidateQueries({ queryKey: ['words'] });
  const restore = useMutation({
    mutationFn: async (words: readonly ListedWord[]) => {
      for (const wordClass of ['block', 'hold'] as const) {
        const text = words.flatMap((one) => (one.wordClass === wordClass ? [one.word] : [])).join('\n');
        if (text) await wordsApi.add(text, wordClass);
      }
    },
    onSuccess: () => void message.success(t('moderation.restored')),
    onSettled: again,
  });
  const remove = useMutation({
    mutationFn: (words: readonly ListedWord[]) =>
      wordsApi.remove({ wordIds: words.map(({ wordId }) => wordId) }),
    onSuccess: ({ removed }, words) => {
      setChosen([]);
      void message.open({
        type: 'info',
        duration: 10,
        content: (
          <>
            {t('moderation.removed', { count: removed })}{' '}
            <Button type="link" data-testid="undo-remove" onClick={() => restore.mutate(words)}>
              {t('moderation.undo')}
            </Button>
          </>
        ),
      });
    },
    onSettled: again,
  });
  const failure = error ?? remove.error ?? restore.error;
  if (error && ApiError.from(error).code === 'FORBIDDEN')
    return <Empty description={t('moderation.onlyBureau')} />;
  const total = data ? data.counts.block + data.counts.hold : 0;
  const selected = data?.words.filter(({ wordId }) => chosen.includes(wordId)) ?? [];
  return (
    <>
      <header className={styles.head}>
        <h1 className={styles.title}>{t('moderation.title')}</h1>
        <p className={styles.lead}>{t('moderation.lead')}</p>
        {data && total > 0 && (
          <p className={styles.counts} data-testid="word-counts">
            {t('moderation.counts', { total, ...data.counts })}
          </p>
        )}
      </header>
      {failure && (
        <Alert
          className={styles.note}
          type="warning"
          showIcon
          title={<ErrorNote code={ApiError.from(failure).code} />}
        />
      )}
      <div className={styles.columns}>
        <section className={styles.card}>
          {data && total === 0 ? (
            <Empty
              description={
                <>
                  <p>{t('moderation.empty')}</p>
                  <p className={styles.lead}>{t('moderation.emptyHint')}</p>
                </>
              }
            />
          ) : (
            <>
              <div className={styles.tools}>
                <Input.Search
                  allowClear
                  placeholder={t('moderation.search')}
                  aria-label={t('moderation.search')}
                  data-testid="word-search"
                  onSearch={(text) => {
                    setSearch(text.trim());
                    setPage(1);
                  }}
                />
                {selected.length > 0 && (
                  <Button data-testid="remove-selected" onClick={() => remove.mutate(selected)}>
                    {t('moderation.selected', { count: selected.length })}
                  </Button>
                )}
              </div>
              <Table<ListedWord>
                rowKey="wordId"
                size="small"
                loading={!data}
                dataSource={data?.words ?? []}
                locale={{ emptyText: t('moderation.notFound', { search }) }}
                rowSelection={{ selectedRowKeys: chosen, onChange: setChosen }}
                pagination={{
                  current: page,
                  pageSize: WORDS_A_PAGE,
                  total: data?.found ?? 0,
                  showSizeChanger: false,
                  hideOnSinglePage: true,
                  onChange: setPage,
                }}
                columns={[
                  {
                    title: t('moderation.word'),
                    dataIndex: 'word',
                    render: (word: string) => <bdi className={styles.word}>{word}</bdi>,
                  },
                  {
                    title: t('moderation.how'),
                    dataIndex: 'wordClass',
                    render: (wordClass: ListedWord['wordClass']) => (
                      <Tag color={wordClass === 'block' ? 'error' : 'warning'}>
                        {t(`moderation.class.${wordClass}`)}
                      </Tag>
                    ),
                  },
                  {
                    title: t('moderation.addedAt'),
                    dataIndex: 'addedAt',
                    responsive: ['md'],
                    render: (at: number) => `${longDate(at, language)} ${clockTime(at, language)}`,
                  },
                  {
                    key: 'remove',
                    align: 'end',
                    render: (_, word) => (
                      <Button type="link" onClick={() => remove.mutate([word])}>
                        {t('moderation.remove')}
                      </Button>
                    ),
                  },
                ]}
              />
            </>
          )}
        </section>
        <AddWords onDone={again} />
      </div>
    </>
  );
}
