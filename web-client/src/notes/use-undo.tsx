import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Notes.module.css';

const OFFERED_MS = 15_000;

interface Offer {
  word: string;
  undo: () => void;
}

/** Says what was done and offers to take it back, for a while. */
export function useUndo(): { undoNote: ReactNode; offer: (offer: Offer) => void } {
  const { t } = useTranslation();
  const [offered, offer] = useState<Offer | null>(null);
  useEffect(() => {
    if (!offered) return;
    const timer = setTimeout(() => offer(null), OFFERED_MS);
    return () => clearTimeout(timer);
  }, [offered]);
  const undoNote = offered && (
    <p className={styles.undo} role="status">
      {offered.word}
      <button
        type="button"
        className={styles.act}
        data-testid="undo"
        onClick={() => {
          offer(null);
          offered.undo();
        }}
      >
        {t('studyNotes.undo')}
      </button>
    </p>
  );
  return { undoNote, offer };
}
