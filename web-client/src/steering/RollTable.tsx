import { useTranslation } from 'react-i18next';
import type { LiveState } from '#protocol/live-state.ts';
import type { RollCall } from '#protocol/steering.ts';
import styles from './Steering.module.css';

/** How many children sit in each room, as far as somebody has counted them. */
export function RollTable({ live }: { live: LiveState }) {
  const { t } = useTranslation();
  const { rolls } = live.steering;
  const rooms = [...live.participants.values()].filter(
    ({ role, participantId }) => role === 'remote' || (role === 'presenter' && rolls.has(participantId)),
  );
  if (rooms.length === 0) return <p>{t('steering.rollUnknown')}</p>;
  return (
    <ul className={styles.roll} data-testid="roll">
      {rooms.map(({ participantId, name }) => (
        <li key={participantId}>
          <span>{name}</span>
          <RollLine roll={rolls.get(participantId)} />
        </li>
      ))}
    </ul>
  );
}

export function RollLine({ roll }: { roll: RollCall | undefined }) {
  const { t } = useTranslation();
  if (!roll) return <span className={styles.faint}>{t('steering.rollUnknown')}</span>;
  const { present, expected, absent } = roll;
  return (
    <span>
      {expected === null
        ? t('steering.rollPresent', { present })
        : t('steering.rollOf', { present, expected })}
      {absent.length > 0 && (
        <small className={styles.absent}>
          {t('steering.rollAbsent', { names: absent.join(t('common.separator')) })}
        </small>
      )}
    </span>
  );
}
