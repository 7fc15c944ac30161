import { IconHandStop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LiveState } from '#protocol/live-state.ts';
import { measure } from '../theme/tokens.ts';
import { handQueue } from './class-list.ts';
import styles from './Steering.module.css';
import type { Act } from './use-act.ts';

/** Raised hands, first come first: one touch calls, another takes the hand down. */
export function HandQueue({ live, act }: { live: LiveState; act: Act }) {
  const { t } = useTranslation();
  const hands = handQueue(live);
  if (hands.length === 0) return null;
  return (
    <section className={styles.hands} aria-label={t('steering.hands')} data-testid="hand-queue">
      <h2 className={styles.handsTitle}>
        <IconHandStop size={measure.icon} aria-hidden="true" />
        {t('steering.handsCount', { count: hands.length })}
      </h2>
      <ul>
        {hands.map(({ handId, participantId, roomName, child }) => (
          <li key={handId} className={styles.hand}>
            <button
              type="button"
              className={styles.handCall}
              onClick={() => void act('call.make', { participantId, child })}
            >
              <strong>{child ?? t('steering.handOfRoom')}</strong>
              <small>{roomName}</small>
            </button>
            <button
              type="button"
              className={styles.handLower}
              onClick={() => void act('hand.lower', { handId })}
            >
              {t('steering.handLower')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
