import { IconChalkboard } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LiveState } from '#protocol/live-state.ts';
import { BarButton } from '../classroom/BarButton.tsx';
import type { Act } from '../steering/use-act.ts';

/** Puts the board up as the large picture of all rooms, or takes it down. */
export function BoardButton({ live, act }: { live: LiveState; act: Act }) {
  const { t } = useTranslation();
  const { shown } = live.board;
  return (
    <BarButton
      icon={IconChalkboard}
      word={t(shown ? 'board.close' : 'board.open')}
      look={shown ? 'on' : 'plain'}
      data-testid="board-toggle"
      onClick={() => void act('board.show', { shown: !shown })}
    />
  );
}
