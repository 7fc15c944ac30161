import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveState } from '#protocol/live-state.ts';
import { Button } from '../ui/Button.tsx';
import { MINUTE_MS } from '../ui/time.ts';
import styles from './CatchUp.module.css';
import { missedBy } from './missed.ts';

interface Props {
  live: LiveState;
  participantId: string | null;
  /** Server's wall ms. */
  now: number;
  onWatch: (fromMs: number) => void;
}

/** After a cut line or a power cut: what was taught meanwhile can be seen now. */
export function CatchUpOffer({ live, participantId, now, onWatch }: Props) {
  const { t } = useTranslation();
  const [answered, setAnswered] = useState<number | null>(null);
  const missed = missedBy(live, participantId, now);
  if (!missed || missed.key === answered) return null;
  const { key, fromMs, lengthMs } = missed;
  return (
    <div className={styles.offer} role="status" data-testid="catch-up-offer">
      <span>
        {lengthMs < MINUTE_MS
          ? t('remote.missedShort')
          : t('remote.missed', { minutes: Math.round(lengthMs / MINUTE_MS) })}
      </span>
      <Button
        kind="primary"
        data-testid="catch-up"
        onClick={() => {
          setAnswered(key);
          onWatch(fromMs);
        }}
      >
        {t('remote.catchUp')}
      </Button>
      <Button onClick={() => setAnswered(key)}>{t('remote.missedSkip')}</Button>
    </div>
  );
}
