import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '#protocol/resource.ts';
import type { Decide } from '#protocol/review.ts';
import { Field } from './Field.tsx';
import styles from './Review.module.css';

interface Props {
  resource: Resource;
  openRemarks: number;
  pending: boolean;
  onDecide: (decide: Decide) => void;
}

/** Passed, or back to its author with what is to be changed. */
export function DecideForm({ resource, openRemarks, pending, onDecide }: Props) {
  const { t } = useTranslation();
  const [note, setNote] = useState('');
  const { version, state } = resource;
  const decide = (decision: Decide['decision']) => onDecide({ version, decision, note: note.trim() });
  return (
    <section className={styles.card} aria-labelledby="decide-title">
      <h2 className={styles.subtitle} id="decide-title">
        {t(state === 'submitted' ? 'review.decideSchool' : 'review.decideBureau')}
      </h2>
      <p className={styles.quiet}>{t('review.decideLead')}</p>
      <Field label={t('review.note')}>
        {(id) => (
          <Input.TextArea
            id={id}
            value={note}
            maxLength={500}
            autoSize={{ minRows: 3, maxRows: 8 }}
            placeholder={t('review.noteHint')}
            data-testid="note"
            onChange={({ target }) => setNote(target.value)}
          />
        )}
      </Field>
      {openRemarks > 0 && <p className={styles.quiet}>{t('review.openRemarks', { count: openRemarks })}</p>}
      <div className={styles.buttons}>
        <Button
          type="primary"
          size="large"
          loading={pending}
          data-testid="pass"
          onClick={() => decide('pass')}
        >
          {t('review.pass')}
        </Button>
        <Button
          size="large"
          disabled={note.trim() === '' || pending}
          data-testid="return"
          onClick={() => decide('return')}
        >
          {t('review.return')}
        </Button>
      </div>
    </section>
  );
}
