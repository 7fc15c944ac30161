import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Steps, Tabs } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { isProgramme, needsBureau, type Resource, type ResourceState } from '#protocol/resource.ts';
import type { ReviewFile } from '#protocol/review.ts';
import { ApiError } from '../api/api-error.ts';
import { SignedIn } from '../app/SignedIn.tsx';
import { join } from '../ui/class-names.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Message } from '../ui/Message.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import { DecideForm } from './DecideForm.tsx';
import { DeleteButton } from './DeleteButton.tsx';
import { HistoryList } from './HistoryList.tsx';
import { HitList } from './HitList.tsx';
import { PromiseCard } from './PromiseCard.tsx';
import { PublishForm } from './PublishForm.tsx';
import { RemarkList } from './RemarkList.tsx';
import styles from './Review.module.css';
import { type PlayerHandle, ReviewPlayer } from './ReviewPlayer.tsx';
import { reviewApi, reviewQuery } from './review-api.ts';
import { StateTag } from './StateTag.tsx';
import { SubmitForm } from './SubmitForm.tsx';
import { TextForm } from './TextForm.tsx';
import { useMoveWord } from './use-move-word.ts';
import { WithdrawForm } from './WithdrawForm.tsx';

/** One resource on its way to the public: what is to be seen of it, and what to decide. */
export function ReviewPage() {
  const { resourceId = '' } = useParams();
  return (
    <SignedIn>
      {() => (
        <App>
          <Opened key={resourceId} resourceId={resourceId} />
        </App>
      )}
    </SignedIn>
  );
}

function Opened({ resourceId }: { resourceId: string }) {
  const { t } = useTranslation();
  const { data, error } = useQuery(reviewQuery(resourceId));
  if (data) return <File file={data} />;
  if (!error) return <Waiting />;
  return (
    <Message title={t('review.notHere')}>
      <ErrorNote code={ApiError.from(error).code} />
    </Message>
  );
}

const STEPS = ['draft', 'submitted', 'schoolPassed', 'published'] as const;
const STEP_OF: Record<ResourceState, number> = {
  draft: 0,
  submitted: 1,
  schoolPassed: 2,
  bureauPassed: 3,
  published: 4,
  withdrawn: 0,
};

function File({ file }: { file: ReviewFile }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const player = useRef<PlayerHandle | null>(null);
  const word = useMoveWord();
  const { resource, can, hits, remarks, history, promise } = file;
  const { resourceId, version } = resource;
  const again = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ['review', resourceId] }),
      queries.invalidateQueries({ queryKey: ['resources'] }),
      queries.invalidateQueries({ queryKey: ['resource-replay', resourceId] }),
    ]);
  const move = useMutation({
    mutationFn: (act: () => Promise<Resource>) => act(),
    onSuccess: (now) => void message.success(t(`review.moved.${now.state}`)),
    onSettled: again,
  });
  const overtaken = move.error && ApiError.from(move.error).code === 'OVERTAKEN';
  const seek = (ms: number) => player.current?.seek(ms);
  const open = remarks.filter(({ done }) => !done);
  const short = !needsBureau(resource.reach);
  const steps = STEPS.filter((state) => !short || state !== 'schoolPassed');
  const step = STEP_OF[resource.state];
  return (
    <>
      <header className={styles.head}>
        <div className={styles.headRow}>
          <h1 className={styles.title}>
            <bdi>{resource.title}</bdi>
          </h1>
          <StateTag state={resource.state} />
        </div>
        <p className={styles.lead}>
          {resource.organizationName} · {resource.authorName} · {t(`review.kind.${resource.kind}`)}
        </p>
      </header>
      <div className={styles.columns}>
        <div className={styles.column}>
          <section className={join(styles.card, styles.steps)}>
            <Steps
              size="small"
              current={short && step > 1 ? step - 1 : step}
              items={steps.map((state) => ({ title: t(`review.step.${state}`) }))}
            />
          </section>
          {isProgramme(resource.kind) && <ReviewPlayer resourceId={resourceId} handle={player} />}
          {can.includes('edit') && resource.state === 'draft' && (
            <TextForm
              key={version}
              resource={resource}
              pending={move.isPending}
              onSave={(text) => move.mutate(() => reviewApi.changeText(resourceId, text))}
            />
          )}
          {resource.description && resource.state !== 'draft' && (
            <section className={styles.card}>
              <p className={styles.lineText}>
                <bdi>{resource.description}</bdi>
              </p>
            </section>
          )}
          <section className={styles.card}>
            <Tabs
              items={[
                {
                  key: 'remarks',
                  label: t('review.remarks', { count: open.length }),
                  children: (
                    <RemarkList
                      resourceId={resourceId}
                      remarks={remarks}
                      player={player}
                      onChanged={() => void again()}
                    />
                  ),
                },
                {
                  key: 'hits',
                  label: t('review.hits', { count: hits.length }),
                  children: <HitList hits={hits} onSeek={seek} />,
                },
                {
                  key: 'history',
                  label: t('review.history'),
                  children: <HistoryList history={history} />,
                },
              ]}
            />
          </section>
        </div>
        <div className={styles.column}>
          {overtaken && history[0] && (
            <Alert
              type="warning"
              showIcon
              data-testid="overtaken"
              title={t('review.overtaken', { what: word(history[0]) })}
              description={history[0].note}
            />
          )}
          {move.error && !overtaken && (
            <Alert type="warning" showIcon title={<ErrorNote code={ApiError.from(move.error).code} />} />
          )}
          {can.includes('submit') && (
            <SubmitForm
              key={version}
              resource={resource}
              hits={hits.length}
              pending={move.isPending}
              onSubmit={(submit) => move.mutate(() => reviewApi.submit(resourceId, submit))}
            />
          )}
          {can.includes('decide') && (
            <DecideForm
              key={version}
              resource={resource}
              openRemarks={open.length}
              pending={move.isPending}
              onDecide={(decide) => move.mutate(() => reviewApi.decide(resourceId, decide))}
            />
          )}
          {can.includes('publish') && (
            <PublishForm
              key={version}
              file={file}
              pending={move.isPending}
              onPublish={(publish) => move.mutate(() => reviewApi.publish(resourceId, publish))}
            />
          )}
          {!can.some((act) => act === 'submit' || act === 'decide' || act === 'publish') && (
            <section className={styles.card}>
              <h2 className={styles.subtitle}>{t('review.waitingTitle')}</h2>
              <p>{t(`review.waiting.${resource.state}`)}</p>
            </section>
          )}
          {can.includes('revise') && (
            <section className={styles.card}>
              <p className={styles.quiet}>{t('review.reviseLead')}</p>
              <Button
                loading={move.isPending}
                data-testid="revise"
                onClick={() => move.mutate(() => reviewApi.revise(resourceId, { version }))}
              >
                {t(resource.state === 'withdrawn' ? 'review.revise' : 'review.takeBack')}
              </Button>
            </section>
          )}
          {can.includes('edit') && resource.state === 'draft' && isProgramme(resource.kind) && (
            <Link to={`/resources/${resourceId}/edit`} className={styles.link}>
              {t('review.edit')}
            </Link>
          )}
          {can.includes('withdraw') && (
            <WithdrawForm
              key={version}
              resource={resource}
              pending={move.isPending}
              onWithdraw={(withdraw) => move.mutate(() => reviewApi.withdraw(resourceId, withdraw))}
            />
          )}
          {promise && <PromiseCard promise={promise} />}
          {can.includes('delete') && <DeleteButton resource={resource} />}
        </div>
      </div>
    </>
  );
}
