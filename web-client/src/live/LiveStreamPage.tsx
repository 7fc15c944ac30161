import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { LiveStreamPolicy } from '#protocol/public-live.ts';
import { ApiError } from '../api/api-error.ts';
import { SignedIn } from '../app/SignedIn.tsx';
import { Field } from '../review/Field.tsx';
import styles from '../review/Review.module.css';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Message } from '../ui/Message.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import { liveApi, liveStreamQuery } from './live-api.ts';

/** Whether an open lesson is streamed to everybody: asked for, approved, stopped. */
export function LiveStreamPage() {
  const { lessonId = '' } = useParams();
  return <SignedIn>{() => <Opened key={lessonId} lessonId={lessonId} />}</SignedIn>;
}

function Opened({ lessonId }: { lessonId: string }) {
  const { t } = useTranslation();
  const { data, error } = useQuery(liveStreamQuery(lessonId));
  if (data) return <Policy key={`${data.enabled} ${data.delaySeconds}`} lessonId={lessonId} policy={data} />;
  if (!error) return <Waiting />;
  return (
    <Message title={t('live.policy')}>
      <ErrorNote code={ApiError.from(error).code} />
    </Message>
  );
}

function Policy({ lessonId, policy }: { lessonId: string; policy: LiveStreamPolicy }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [enabled, setEnabled] = useState(policy.enabled);
  const [delaySeconds, setDelaySeconds] = useState(policy.delaySeconds);
  const act = useMutation({
    mutationFn: (what: () => Promise<LiveStreamPolicy>) => what(),
    onSuccess: (now) => queries.setQueryData(liveStreamQuery(lessonId).queryKey, now),
  });
  const { mayAsk, mayApprove, mayStop, approvedByName, stoppedAt } = policy;
  const same = enabled === policy.enabled && delaySeconds === policy.delaySeconds;
  return (
    <>
      <header className={styles.head}>
        <h1 className={styles.title}>{t('live.policy')}</h1>
        <p className={styles.lead}>{t('live.policyLead')}</p>
      </header>
      <section className={styles.card}>
        <Checkbox
          checked={enabled}
          disabled={!mayAsk}
          onChange={({ target }) => setEnabled(target.checked)}
          data-testid="stream-on"
        >
          {t('live.on')}
        </Checkbox>
        <Field label={t('live.seconds')}>
          {(id) => (
            <InputNumber
              id={id}
              className={styles.months}
              min={10}
              max={300}
              disabled={!mayAsk}
              value={delaySeconds}
              onChange={(value) => setDelaySeconds(value ?? policy.delaySeconds)}
            />
          )}
        </Field>
        {policy.enabled && (
          <p>
            {approvedByName === null ? (
              t('live.notApproved')
            ) : (
              <>
                {t('live.approved', { name: approvedByName })}
                <Link to={`/live/${lessonId}`}>{`${location.origin}/live/${lessonId}`}</Link>
              </>
            )}
          </p>
        )}
        <div className={styles.buttons}>
          {mayAsk && (
            <Button
              type="primary"
              disabled={same}
              loading={act.isPending}
              onClick={() => act.mutate(() => liveApi.ask(lessonId, { enabled, delaySeconds }))}
            >
              {t('live.ask')}
            </Button>
          )}
          {mayApprove && policy.enabled && (
            <Button onClick={() => act.mutate(() => liveApi.approve(lessonId, approvedByName === null))}>
              {t(approvedByName === null ? 'live.approve' : 'live.takeBackApproval')}
            </Button>
          )}
          {mayStop && policy.enabled && (
            <Button
              danger={stoppedAt === null}
              data-testid="stop-stream"
              onClick={() => act.mutate(() => liveApi.stop(lessonId, stoppedAt === null))}
            >
              {t(stoppedAt === null ? 'live.stop' : 'live.goOn')}
            </Button>
          )}
        </div>
        {act.error && <ErrorNote code={ApiError.from(act.error).code} />}
      </section>
    </>
  );
}
