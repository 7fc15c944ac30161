import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LiveState } from '#protocol/live-state.ts';
import { BarButton } from '../classroom/BarButton.tsx';
import type { Act } from './use-act.ts';

/** Stops the whole class with one touch; the rooms cannot undo it. */
export function PauseButton({ live, act }: { live: LiveState; act: Act }) {
  const { t } = useTranslation();
  const { paused } = live.steering;
  return (
    <BarButton
      icon={paused ? IconPlayerPlay : IconPlayerPause}
      word={t(paused ? 'steering.resume' : 'steering.pause')}
      look={paused ? 'off' : 'plain'}
      aria-pressed={paused}
      data-testid="pause-class"
      onClick={() => void act('class.pause', { paused: !paused })}
    />
  );
}
