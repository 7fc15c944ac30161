import { Alert, Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { needsBureau, type Resource } from '#protocol/resource.ts';
import { PROMISE_TEXT, type Submit } from '#protocol/review.ts';
import { Field } from './Field.tsx';
import styles from './Review.module.css';
import { LicenceChoice, ReachChoice } from './TermsChoice.tsx';

interface Props {
  resource: Resource;
  hits: number;
  pending: boolean;
  onSubmit: (submit: Submit) => void;
}

/** The author looks once more, promises, and hands it in. */
export function SubmitForm({ resource, hits, pending, onSubmit }: Props) {
  const { t } = useTranslation();
  const [reach, setReach] = useState(resource.reach);
  const [licence, setLicence] = useState(resource.licence);
  const [name, setName] = useState('');
  const [promised, setPromised] = useState(false);
  const { version } = resource;
  return (
    <section className={styles.card} aria-labelledby="submit-title">
      <h2 className={styles.subtitle} id="submit-title">
        {t('review.submitTitle')}
      </h2>
      {hits > 0 && <Alert type="warning" showIcon title={t('review.hitsBefore', { count: hits })} />}
      <ReachChoice value={reach} onChange={setReach} />
      <p className={styles.quiet}>{t(needsBureau(reach) ? 'review.bureauToo' : 'review.schoolOnly')}</p>
      <LicenceChoice value={licence} onChange={setLicence} />
      <blockquote className={styles.promise}>
        <p>{t('review.promise.content')}</p>
        <p>{t('review.promise.copyright')}</p>
        <p>{t('review.promise.pupils')}</p>
      </blockquote>
      <Checkbox
        checked={promised}
        onChange={({ target }) => setPromised(target.checked)}
        data-testid="promise"
      >
        {t('review.iPromise')}
      </Checkbox>
      <Field label={t('review.sign')}>
        {(id) => (
          <Input
            id={id}
            value={name}
            maxLength={40}
            placeholder={resource.authorName}
            data-testid="sign"
            onChange={({ target }) => setName(target.value)}
          />
        )}
      </Field>
      <Button
        type="primary"
        size="large"
        loading={pending}
        disabled={!promised || name.trim() === ''}
        data-testid="submit"
        onClick={() => onSubmit({ version, name: name.trim(), promise: PROMISE_TEXT, reach, licence })}
      >
        {t('review.submit')}
      </Button>
    </section>
  );
}
