import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PhotoButton } from '../board/files/PhotoButton.tsx';
import type { PageErrorCode } from '../i18n/errors.ts';
import styles from './AssistantPage.module.css';

const SENT_MS = 6_000;

interface Props {
  lessonId: string;
  /** Whether the teacher takes files from the rooms now. */
  allowed: boolean;
  onError: (code: PageErrorCode | null) => void;
}

/** A child's work, photographed for the teacher to put on the board. */
export function PhotoPad({ lessonId, allowed, onError }: Props) {
  const { t } = useTranslation();
  const [sent, setSent] = useState(false);
  useEffect(() => {
    const timer = sent && setTimeout(() => setSent(false), SENT_MS);
    return () => clearTimeout(timer || undefined);
  }, [sent]);
  return (
    <section className={styles.card} aria-label={t('steering.assistant.work')}>
      <h2 className={styles.title}>
        {t('steering.assistant.work')}
        <span className={styles.told} role="status">
          {sent && t('steering.assistant.workSent')}
        </span>
      </h2>
      <PhotoButton lessonId={lessonId} disabled={!allowed} onSent={() => setSent(true)} onError={onError} />
    </section>
  );
}
