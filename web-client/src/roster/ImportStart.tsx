import { useQueryClient } from '@tanstack/react-query';
import { Alert, Progress } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ROSTER_MAX_BYTES } from '#protocol/roster.ts';
import { ApiError } from '../api/api-error.ts';
import { DropZone } from '../intake/DropZone.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import styles from './RosterPage.module.css';
import { importQuery, rosterApi, templatePath } from './roster-api.ts';

const STEPS = ['one', 'two', 'three'] as const;
export const ROSTER_FILES = '.csv,.zip,.txt';

interface Props {
  organizationId: string;
  onBegun: (importId: string) => void;
}

/** Before anything was sent: what is done here, and where the files go. */
export function ImportStart({ organizationId, onBegun }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [sending, setSending] = useState<{ name: string; part: number } | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const send = async (files: readonly File[]) => {
    if (files.length === 0 || sending) return;
    setFailure(null);
    try {
      const { importId } = await rosterApi.begin(organizationId);
      await sendFiles(importId, files, (name, part) => setSending({ name, part }));
      queries.setQueryData(importQuery(importId).queryKey, await rosterApi.plan(importId));
      onBegun(importId);
    } catch (thrown) {
      setFailure(thrown);
    } finally {
      setSending(null);
    }
  };
  return (
    <div className={styles.start}>
      {failure !== null && (
        <Alert type="error" showIcon title={<ErrorNote code={ApiError.from(failure).code} />} />
      )}
      {sending ? (
        <section className={styles.card} aria-live="polite">
          <p className={styles.cardTitle}>{t('roster.sending', { name: sending.name })}</p>
          <Progress percent={Math.round(sending.part * 100)} />
        </section>
      ) : (
        <DropZone
          title={t('roster.drop')}
          hint={t('roster.dropHint')}
          accept={ROSTER_FILES}
          small={false}
          onFiles={(files) => void send(files)}
        />
      )}
      <ol className={styles.steps}>
        {STEPS.map((step) => (
          <li key={step} className={styles.step}>
            <h2 className={styles.stepTitle}>{t(`roster.step.${step}.title`)}</h2>
            <p>{t(`roster.step.${step}.text`)}</p>
            {step === 'one' && (
              <div className={styles.templates}>
                <a href={templatePath(false)} download data-testid="roster-template">
                  {t('roster.template')}
                </a>
                <a href={templatePath(true)} download data-testid="roster-standard">
                  {t('roster.templateStandard')}
                </a>
              </div>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** One after the other; refused on this side where a file is too large for the platform anyway. */
export async function sendFiles(
  importId: string,
  files: readonly File[],
  onPart: (name: string, part: number) => void,
): Promise<void> {
  for (const [at, file] of files.entries()) {
    onPart(file.name, at / files.length);
    if (file.size > ROSTER_MAX_BYTES) throw new ApiError('TOO_LARGE', file.name);
    await rosterApi.put(importId, file);
  }
}
