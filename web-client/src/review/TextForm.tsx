import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '#protocol/resource.ts';
import type { ChangeText } from '#protocol/review.ts';
import { Field } from './Field.tsx';
import styles from './Review.module.css';

interface Props {
  resource: Resource;
  pending: boolean;
  onSave: (text: ChangeText) => void;
}

/** Title and description of a draft. */
export function TextForm({ resource, pending, onSave }: Props) {
  const { t } = useTranslation();
  const [title, setTitle] = useState(resource.title);
  const [description, setDescription] = useState(resource.description);
  const same = title.trim() === resource.title && description.trim() === resource.description;
  return (
    <section className={styles.card}>
      <Field label={t('review.title')}>
        {(id) => (
          <Input
            id={id}
            value={title}
            maxLength={120}
            data-testid="title"
            onChange={({ target }) => setTitle(target.value)}
          />
        )}
      </Field>
      <Field label={t('review.description')}>
        {(id) => (
          <Input.TextArea
            id={id}
            value={description}
            maxLength={2_000}
            autoSize={{ minRows: 3, maxRows: 10 }}
            placeholder={t('review.descriptionHint')}
            onChange={({ target }) => setDescription(target.value)}
          />
        )}
      </Field>
      {!same && (
        <div className={styles.buttons}>
          <Button
            type="primary"
            loading={pending}
            disabled={title.trim() === ''}
            onClick={() =>
              onSave({ version: resource.version, title: title.trim(), description: description.trim() })
            }
          >
            {t('review.save')}
          </Button>
        </div>
      )}
    </section>
  );
}
