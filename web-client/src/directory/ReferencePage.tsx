import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOutletContext } from 'react-router';
import type { Account } from '#protocol/domain.ts';
import { scopeOf } from '#protocol/office.ts';
import type { ReferenceItem } from '#protocol/reference.ts';
import { PageHead } from '../admin/kit/PageHead.tsx';
import { useAttempt } from '../admin/kit/use-attempt.tsx';
import { useFieldSentence } from '../admin/kit/use-form-errors.ts';
import { useUndoToast } from '../admin/kit/use-undo-toast.tsx';
import { ApiError } from '../api/api-error.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import styles from './Directory.module.css';
import { directory, directoryChanged, referenceQuery } from './directory-api.ts';

/** The lists that classes and courses are made from: grades, subjects, textbook editions. */
export function ReferencePage() {
  const { t } = useTranslation();
  const account = useOutletContext<Account>();
  const mayEdit = scopeOf(account.role, 'directory.edit') !== null;
  const { data, error } = useQuery(referenceQuery);
  const [subject, setSubject] = useState<string | null>(null);
  if (error) return <ErrorNote code={ApiError.from(error).code} />;
  if (!data) return <Waiting />;
  const of = (kind: ReferenceItem['kind']) => data.filter((item) => item.kind === kind);
  const subjects = of('subject');
  const chosen = subject ?? subjects[0]?.name ?? '';
  return (
    <>
      <PageHead title={t('directory.reference.title')} lead={t('directory.reference.lead')} />
      <div className={styles.columns}>
        <List
          title={t('directory.course.subject')}
          items={subjects}
          mayEdit={mayEdit}
          add={(name) => directory.addReference({ kind: 'subject', name })}
        />
        <List
          title={t('directory.course.textbook')}
          items={of('textbook').filter((item) => item.subject === chosen)}
          mayEdit={mayEdit}
          add={(name) => directory.addReference({ kind: 'textbook', name, subject: chosen })}
          head={
            <Select
              value={chosen}
              onChange={setSubject}
              aria-label={t('directory.course.subject')}
              showSearch={{ optionFilterProp: 'label' }}
              options={subjects.map(({ name }) => ({ value: name, label: name }))}
            />
          }
        />
        {of('stage').map(({ name: stage }) => (
          <List
            key={stage}
            title={t('directory.reference.gradesOf', { stage })}
            items={of('grade').filter((item) => item.stage === stage)}
            mayEdit={mayEdit}
            add={(name) => directory.addReference({ kind: 'grade', name, stage })}
          />
        ))}
      </div>
    </>
  );
}

interface ListProps {
  title: string;
  items: readonly ReferenceItem[];
  mayEdit: boolean;
  add: (name: string) => Promise<unknown>;
  head?: React.ReactNode;
}

function List({ title, items, mayEdit, add, head }: ListProps) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const toast = useUndoToast();
  const sentence = useFieldSentence();
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);
  const close = (item: ReferenceItem) =>
    attempt(async () => {
      await directory.closeReference(item, 'archive');
      await directoryChanged();
      toast(t('directory.closed', { name: item.name }), async () => {
        await directory.closeReference(item, 'restore');
        await directoryChanged();
      });
    });
  const reopen = (item: ReferenceItem) =>
    attempt(async () => {
      await directory.closeReference(item, 'restore');
      await directoryChanged();
    });
  const submit = async () => {
    try {
      await add(typed);
      setTyped('');
      setWrong(null);
      await directoryChanged();
    } catch (thrown) {
      const { fields, code } = ApiError.from(thrown);
      setWrong(fields[0] ? sentence(fields[0]) : t(`error.${code}`));
    }
  };
  return (
    <section className={styles.card}>
      <h2 className={styles.subtitle}>{title}</h2>
      {head && <div className={styles.lead}>{head}</div>}
      <div className={styles.items}>
        {items.map((item) =>
          item.archivedAt === null ? (
            <Tag
              key={`${item.name} ${item.subject}`}
              closable={mayEdit}
              onClose={(event) => {
                event.preventDefault();
                void close(item);
              }}
            >
              <bdi>{item.name}</bdi>
            </Tag>
          ) : (
            mayEdit && (
              <Button
                key={`${item.name} ${item.subject}`}
                size="small"
                type="dashed"
                onClick={() => reopen(item)}
              >
                {t('directory.reference.again', { name: item.name })}
              </Button>
            )
          ),
        )}
      </div>
      {mayEdit && (
        <form
          className={styles.adder}
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <Input
            value={typed}
            maxLength={200}
            status={wrong ? 'error' : ''}
            placeholder={t('directory.reference.placeholder')}
            aria-label={t('directory.reference.addTo', { title })}
            onChange={({ target }) => {
              setTyped(target.value);
              setWrong(null);
            }}
          />
          <Button htmlType="submit" disabled={typed.trim() === ''}>
            {t('directory.reference.add')}
          </Button>
          {wrong && (
            <p className={styles.problem} role="alert">
              {wrong}
            </p>
          )}
        </form>
      )}
    </section>
  );
}
