import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Empty } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Account } from '#protocol/domain.ts';
import { mayBringIn } from '#protocol/intake.ts';
import { Catalogue } from '#protocol/resource.ts';
import { ApiError } from '../api/api-error.ts';
import { SignedIn } from '../app/SignedIn.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { CatalogueForm, type FormValues } from './CatalogueForm.tsx';
import { DropZone } from './DropZone.tsx';
import { intakeApi, intakesQuery } from './intake-api.ts';
import { PackageDialog } from './PackageDialog.tsx';
import type { FileRow } from './rows.ts';
import { sizeWords } from './size-words.ts';
import styles from './UploadPage.module.css';
import { UploadRow } from './UploadRow.tsx';
import { uploads } from './upload/uploads.ts';
import { useRows } from './use-rows.ts';

/** Files into the library: dropped, sent, described once for all of them. */
export function UploadPage() {
  return (
    <SignedIn>
      {(account) => (
        <App>
          <Upload account={account} />
        </App>
      )}
    </SignedIn>
  );
}

/** As `library.maxMegabytes` stands unless a school has set another; the platform has the last word. */
const USUAL_LIMIT = 4_000_000_000;

function Upload({ account }: { account: Account }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const rows = useRows();
  const [looking, setLooking] = useState<string | null>(null);
  const again = () => queries.invalidateQueries({ queryKey: intakesQuery.queryKey });
  const save = useMutation({
    mutationFn: async (values: FormValues) => {
      const { title, description, licence, ...places } = values;
      const intakeIds = describable(rows).map(({ intakeId }) => intakeId!);
      await intakeApi.describe({
        intakeIds,
        ...(intakeIds.length === 1 && title && { title }),
        ...(description && { description }),
        ...(licence && { licence }),
        catalogue: Catalogue.parse(withoutEmpty(places)),
      });
    },
    onSuccess: async () => {
      const ready = rows.filter(({ state }) => state === 'ready');
      if (rows.length === 1 && ready[0]?.resourceId) await navigate(`/resources/${ready[0].resourceId}`);
      else void message.success(t('intake.saved'));
    },
    onSettled: again,
  });
  const act = useMutation({
    mutationFn: async ({ row, what }: { row: FileRow; what: 'retry' | 'remove' }) => {
      if (what === 'retry' && row.state === 'failed' && row.intakeId && isKept(row))
        return void (await intakeApi.retry(row.intakeId));
      if (what === 'retry') return uploads.resume(row.uploadKey!);
      if (row.uploadKey) await uploads.remove(row.uploadKey);
      if (row.intakeId) await intakeApi.withdraw(row.intakeId).catch(unlessGone);
    },
    onSettled: again,
  });
  if (!mayBringIn(account)) return <Empty description={t('intake.only')} />;
  const count = describable(rows).length;
  const ready = rows.filter(({ state }) => state === 'ready');
  const failure = save.error ?? act.error;
  return (
    <>
      <header className={styles.head}>
        <h1 className={styles.title}>{t('intake.title')}</h1>
        <p className={styles.lead}>{t('intake.lead')}</p>
      </header>
      {failure && (
        <Alert
          className={styles.note}
          type="error"
          showIcon
          title={<ErrorNote code={ApiError.from(failure).code} />}
        />
      )}
      <div className={styles.columns}>
        <div className={styles.left}>
          <DropZone
            hint={t('intake.limits', { size: sizeWords(t, USUAL_LIMIT) })}
            small={rows.length > 0}
            onFiles={(files) => uploads.add(files)}
          />
          {rows.length > 0 && (
            <section className={styles.card} aria-label={t('intake.files')}>
              <ul className={styles.list}>
                {rows.map((row) => (
                  <UploadRow
                    key={row.uploadKey ?? row.intakeId}
                    row={row}
                    actions={{
                      onPause: ({ uploadKey }) => uploads.pause(uploadKey!),
                      onResume: ({ uploadKey }) => uploads.resume(uploadKey!),
                      onRetry: (one) => act.mutate({ row: one, what: 'retry' }),
                      onLook: ({ intakeId }) => setLooking(intakeId),
                      onRemove: (one) => act.mutate({ row: one, what: 'remove' }),
                    }}
                  />
                ))}
              </ul>
              {ready.length === rows.length && ready.some(({ kind }) => kind !== 'package') && (
                <Alert
                  type="success"
                  showIcon
                  title={t('intake.allReady')}
                  action={
                    rows.length === 1 &&
                    ready[0]?.resourceId && (
                      <Button onClick={() => void navigate(`/resources/${ready[0]!.resourceId}`)}>
                        {t('intake.openOne')}
                      </Button>
                    )
                  }
                />
              )}
            </section>
          )}
        </div>
        <section className={styles.card}>
          <h2 className={styles.subtitle}>{t('intake.form')}</h2>
          <p className={styles.hint}>{t(rows.length === 0 ? 'intake.emptyTitle' : 'intake.formHint')}</p>
          <CatalogueForm count={count} saving={save.isPending} onSave={(values) => save.mutate(values)} />
        </section>
      </div>
      {looking && <PackageDialog intakeId={looking} onClose={() => setLooking(null)} />}
    </>
  );
}

/** Those that the platform knows of and that are, or will be, resources. */
const describable = (rows: readonly FileRow[]): FileRow[] =>
  rows.filter(({ intakeId, state, kind }) => intakeId !== null && state !== 'failed' && kind !== 'package');

/** Whether the platform has the whole file and only its own work failed. */
const isKept = ({ uploadKey, part }: FileRow): boolean => uploadKey === null || part === 1;

function withoutEmpty(values: Partial<Catalogue>): Partial<Catalogue> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value));
}

function unlessGone(error: unknown): void {
  if (ApiError.from(error).code !== 'NOT_FOUND') throw error;
}
