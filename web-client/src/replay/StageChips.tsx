import { useTranslation } from 'react-i18next';
import type { LessonHistory } from './history/lesson-history.ts';
import styles from './StageChips.module.css';

interface Props {
  history: LessonHistory;
  timeMs: number;
}

/** How the class stood at this moment: who was called, who was on stage, who was counted. Small, and above the pictures. */
export function StageChips({ history, timeMs }: Props) {
  const { t } = useTranslation();
  const { stage, call, paused, rolls, hands } = history.steeringAt(timeMs);
  const named = (participantId: string, child: string | null) =>
    child ?? (history.nameOf(participantId) || t('replay.chips.room'));
  const chips = [
    paused && t('replay.chips.paused'),
    call && t('replay.chips.call', { name: named(call.participantId, call.child) }),
    !call && stage.kind === 'room' && t('replay.chips.stage', { name: named(stage.participantId, null) }),
    hands.length > 0 && t('replay.chips.hands', { count: hands.length }),
    ...[...rolls.values()]
      // A roll is news for a minute.
      .filter(({ at }) => timeMs - at < ROLL_SHOWN_MS)
      .map(({ participantId, present, expected }) =>
        t('replay.chips.roll', {
          name: named(participantId, null),
          present,
          expected: expected ?? present,
        }),
      ),
  ].filter((chip) => typeof chip === 'string');
  return (
    <ul className={styles.chips} data-testid="stage-chips">
      {chips.map((chip) => (
        <li key={chip} className={styles.chip}>
          {chip}
        </li>
      ))}
    </ul>
  );
}

const ROLL_SHOWN_MS = 60_000;
