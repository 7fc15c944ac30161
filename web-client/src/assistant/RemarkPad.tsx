import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Remark } from '#protocol/steering.ts';
import type { Act } from '../steering/use-act.ts';
import styles from './AssistantPage.module.css';

const TOLD_MS = 4_000;

/** What the teacher should know, with one touch and without a word in the room. */
export function RemarkPad({ act }: { act: Act }) {
  const { t } = useTranslation();
  const [told, setTold] = useState<Remark | null>(null);
  useEffect(() => {
    const timer = told && setTimeout(() => setTold(null), TOLD_MS);
    return () => clearTimeout(timer ?? undefined);
  }, [told]);
  const tell = async (remark: Remark) => {
    if (await act('remark.make', { remark })) setTold(remark);
  };
  return (
    <section className={styles.card} aria-label={t('steering.assistant.tell')}>
      <h2 className={styles.title}>
        {t('steering.assistant.tell')}
        <span className={styles.told} role="status">
          {told && t('steering.assistant.told')}
        </span>
      </h2>
      <div className={styles.three}>
        {Remark.options.map((remark) => (
          <button
            key={remark}
            type="button"
            className={styles.wide}
            data-testid={`remark-${remark}`}
            onClick={() => void tell(remark)}
          >
            {t(`steering.remark.${remark}`)}
          </button>
        ))}
      </div>
    </section>
  );
}
