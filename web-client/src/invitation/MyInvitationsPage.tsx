import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Invitation } from '#protocol/invitation.ts';
import { EmptyNote } from '../admin/kit/EmptyNote.tsx';
import { PageHead } from '../admin/kit/PageHead.tsx';
import { ApiError } from '../api/api-error.ts';
import { SignedIn } from '../app/SignedIn.tsx';
import { join } from '../ui/class-names.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { ActivityWhen } from './ActivityWhen.tsx';
import styles from './Invitation.module.css';
import { invitationApi, invitationsQuery } from './invitation-api.ts';
import { RubricSheet } from './RubricSheet.tsx';

/** What one is invited to, and whether one comes. */
export function MyInvitationsPage() {
  return <SignedIn>{() => <Mine />}</SignedIn>;
}

function Mine() {
  const { t } = useTranslation();
  const { data, error } = useQuery(invitationsQuery);
  const parts = Map.groupBy(data ?? [], ({ state }) =>
    state === 'planned' || state === 'running' ? 'upcoming' : 'past',
  );
  return (
    <>
      <PageHead title={t('invitation.mine')} lead={t('invitation.mineLead')} />
      {error && <Alert type="warning" showIcon title={<ErrorNote code={ApiError.from(error).code} />} />}
      {!data && !error && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {data?.length === 0 && (
        <div className={styles.card}>
          <EmptyNote title={t('invitation.mineNone')} hint={t('invitation.mineNoneHint')} />
        </div>
      )}
      {(['upcoming', 'past'] as const).map((part) => {
        const invitations = parts.get(part);
        return (
          invitations && (
            <section key={part}>
              <h2 className={styles.heading}>{t(`invitation.${part}`)}</h2>
              {(part === 'past' ? invitations.toReversed() : invitations).map((invitation) => (
                <Card key={invitation.lessonId} invitation={invitation} />
              ))}
            </section>
          )
        );
      })}
    </>
  );
}

function Card({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation();
  const { lessonId, state, title, part, rubric, note, answer, movedFrom } = invitation;
  return (
    <article
      className={join(styles.card, state === 'cancelled' && styles.off)}
      data-testid={`invitation-${lessonId}`}
    >
      <div className={styles.words}>
        <p className={styles.quiet}>
          {t('invitation.by', { name: invitation.invitedByName, part: t(`invitation.part.${part}`) })}
        </p>
        <h3 className={styles.title}>
          <bdi>{title}</bdi>
        </h3>
        <p>
          <ActivityWhen {...invitation} />
        </p>
        <p className={styles.quiet}>
          {[invitation.subject, invitation.grade, invitation.teacherName, invitation.roomName].join(' · ')}
        </p>
        {note && <p>{note}</p>}
        {answer === 'invited' && movedFrom !== null && state === 'planned' && (
          <p className={styles.warn}>{t('invitation.again')}</p>
        )}
        {rubric && (
          <details className={styles.details}>
            <summary>{rubric.title}</summary>
            <RubricSheet items={rubric.items} />
          </details>
        )}
      </div>
      {state === 'cancelled' ? (
        <span className={styles.warn}>{t('invitation.state.cancelled')}</span>
      ) : (
        <div className={styles.buttons}>
          {state === 'running' && <Link to={`/lessons/${lessonId}`}>{t('invitation.enter')}</Link>}
          {state === 'over' ? (
            <span className={styles.quiet}>{t('invitation.state.over')}</span>
          ) : (
            <Answer lessonId={lessonId} answer={answer} />
          )}
        </div>
      )}
    </article>
  );
}

function Answer({ lessonId, answer }: { lessonId: string; answer: Invitation['answer'] }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const act = useMutation({
    mutationFn: (word: 'accepted' | 'declined') => invitationApi.answer(lessonId, word),
    onSuccess: () => setAsking(false),
    onSettled: () => queries.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
  if (answer !== 'invited' && !asking)
    return (
      <>
        <span className={answer === 'accepted' ? styles.good : styles.quiet}>
          {t(`invitation.${answer}`)}
        </span>
        <Button type="link" onClick={() => setAsking(true)}>
          {t('invitation.changeAnswer')}
        </Button>
      </>
    );
  return (
    <>
      <Button
        type="primary"
        loading={act.isPending}
        onClick={() => act.mutate('accepted')}
        data-testid="accept"
      >
        {t('invitation.accept')}
      </Button>
      <Button disabled={act.isPending} onClick={() => act.mutate('declined')} data-testid="decline">
        {t('invitation.decline')}
      </Button>
      {act.error && <ErrorNote code={ApiError.from(act.error).code} />}
    </>
  );
}
