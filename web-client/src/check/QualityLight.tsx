import { useTranslation } from 'react-i18next';
import type { LiveState } from '#protocol/live-state.ts';
import type { RoomSlot } from '../classroom/lesson-view.ts';
import { CheckSummary } from './CheckSummary.tsx';
import { HoverSheet } from './HoverSheet.tsx';
import { LightMark } from './LightMark.tsx';
import styles from './RoomFacts.module.css';
import { RoomFacts } from './RoomFacts.tsx';
import { type RoomLight, roomLight } from './room-light.ts';

interface Props {
  room: RoomSlot;
  live: LiveState;
  /** Server's wall ms. */
  now: number;
}

/** How a room is doing, at one look; touched, what it really sees and hears, and what it found before the bell. */
export function QualityLight({ room, live, now }: Props) {
  const { t } = useTranslation();
  const light = roomLight(live, room, now);
  const title = t('check.room.title', { name: room.name });
  return (
    <HoverSheet
      label={title}
      testId={`light-${room.accountId}`}
      sheet={
        <div className={styles.sheet} data-testid="room-sheet">
          <h3 className={styles.title}>{title}</h3>
          {light.sample && <RoomFacts sample={light.sample} />}
          <CheckSummary check={light.check} />
        </div>
      }
    >
      <LightMark light={light.light} word={useWord(light)} />
    </HoverSheet>
  );
}

function useWord(it: RoomLight): string {
  const { t } = useTranslation();
  if (it.light === 'off') return t(`check.room.${it.of}`);
  return t(it.of === 'lesson' ? `check.room.light.${it.light}` : `check.light.${it.light}`);
}
