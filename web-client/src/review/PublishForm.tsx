import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { needsBureau } from '#protocol/resource.ts';
import { MIN_PASSWORD, type Publish, type ReviewFile } from '#protocol/review.ts';
import { DAY_MS } from '../ui/time.ts';
import { Field } from './Field.tsx';
import { MissingList } from './MissingList.tsx';
import styles from './Review.module.css';
import { missingQuery } from './review-api.ts';
import { LicenceChoice, ReachChoice } from './TermsChoice.tsx';

interface Props {
  file: ReviewFile;
  pending: boolean;
  onPublish: (publish: Publish) => void;
}

/** Who may watch it, from when to when, under what licence; and what is left out for want of consent. */
export function PublishForm({ file, pending, onPublish }: Props) {
  const { t } = useTranslation();
  const { resource, passed, hasPassword } = file;
  const { version, resourceId } = resource;
  const [reach, setReach] = useState(resource.reach);
  const [licence, setLicence] = useState(resource.licence);
  const [from, setFrom] = useState(dayOf(resource.startsAt));
  const [until, setUntil] = useState(dayOf(resource.endsAt === null ? null : resource.endsAt - DAY_MS));
  const [password, setPassword] = useState('');
  const { data: missing } = useQuery(missingQuery(resourceId, version, reach));
  const tooFar = needsBureau(reach) && passed !== 'bureau';
  const needsPassword = reach === 'password' && !hasPassword && password.length < MIN_PASSWORD;
  const backwards = from !== '' && until !== '' && until < from;
  const publish = () =>
    onPublish({
      version,
      reach,
      licence,
      startsAt: midnightOf(from),
      // Until the end of its last day.
      endsAt: until === '' ? null : midnightOf(until)! + DAY_MS,
      ...(reach === 'password' && password !== '' && { password }),
    });
  return (
    <section className={styles.card} aria-labelledby="publish-title">
      <h2 className={styles.subtitle} id="publish-title">
        {t(resource.state === 'published' ? 'review.termsTitle' : 'review.publishTitle')}
      </h2>
      <ReachChoice value={reach} onChange={setReach} />
      {tooFar && <Alert type="warning" showIcon title={t('review.tooFar')} />}
      {reach === 'password' && (
        <Field label={t('review.password')}>
          {(id) => (
            <Input
              id={id}
              value={password}
              maxLength={64}
              autoComplete="off"
              placeholder={t(hasPassword ? 'review.passwordKept' : 'review.passwordHint', {
                count: MIN_PASSWORD,
              })}
              data-testid="password"
              onChange={({ target }) => setPassword(target.value)}
            />
          )}
        </Field>
      )}
      <LicenceChoice value={licence} onChange={setLicence} />
      <div className={styles.dates}>
        <Field label={t('review.from')}>
          {(id) => (
            <Input id={id} type="date" value={from} onChange={({ target }) => setFrom(target.value)} />
          )}
        </Field>
        <Field label={t('review.until')}>
          {(id) => (
            <Input
              id={id}
              type="date"
              value={until}
              min={from}
              onChange={({ target }) => setUntil(target.value)}
            />
          )}
        </Field>
      </div>
      <p className={styles.quiet}>{t(backwards ? 'review.backwards' : 'review.datesHint')}</p>
      <MissingList missing={missing ?? []} />
      <Button
        type="primary"
        size="large"
        loading={pending}
        disabled={tooFar || needsPassword || backwards}
        data-testid="publish"
        onClick={publish}
      >
        {t(resource.state === 'published' ? 'review.changeTerms' : 'review.publish')}
      </Button>
    </section>
  );
}

const midnightOf = (day: string): number | null => (day === '' ? null : new Date(`${day}T00:00`).getTime());

function dayOf(at: number | null): string {
  if (at === null) return '';
  const date = new Date(at);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
