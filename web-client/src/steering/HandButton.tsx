import { IconHandStop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LiveState } from '#protocol/live-state.ts';
import { BarButton } from '../classroom/BarButton.tsx';
import type { Act } from './use-act.ts';

interface Props {
  live: LiveState;
  /** The room whose hand it is. */
  participantId: string;
  act: Act;
  stage?: boolean;
}

/** The whole room raises its hand, and takes it down again. */
export function HandButton({ live, participantId, act, stage }: Props) {
  const { t } = useTranslation();
  const hand = live.steering.hands.find(
    (known) => known.participantId === participantId && known.child === null,
  );
  return (
    <BarButton
      icon={IconHandStop}
      word={t(hand ? 'steering.handUp' : 'steering.hand')}
      look={hand ? 'on' : 'plain'}
      aria-pressed={hand !== undefined}
      stage={stage}
      disabled={live.steering.paused}
      data-testid="raise-hand"
      onClick={() =>
        hand ? void act('hand.lower', { handId: hand.handId }) : void act('hand.raise', { child: null })
      }
    />
  );
}
