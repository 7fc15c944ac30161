import { IconEar, IconMessages, IconUserMinus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LiveState } from '#protocol/live-state.ts';
import { BarButton } from '../classroom/BarButton.tsx';
import type { Act } from './use-act.ts';

/** Who is heard: the teacher alone, everybody, or the room on stage. One touch each. */
export function StageSwitch({ live, act }: { live: LiveState; act: Act }) {
  const { t } = useTranslation();
  const { stage, stageSeq: seen, call } = live.steering;
  const set = (kind: 'listen' | 'discuss') => void act('stage.set', { stage: { kind }, seen });
  return (
    <>
      <BarButton
        icon={IconEar}
        word={t('steering.listen')}
        title={t('steering.listenHint')}
        look={stage.kind === 'listen' ? 'on' : 'plain'}
        aria-pressed={stage.kind === 'listen'}
        data-testid="stage-listen"
        onClick={() => set('listen')}
      />
      <BarButton
        icon={IconMessages}
        word={t('steering.discuss')}
        title={t('steering.discussHint')}
        look={stage.kind === 'discuss' ? 'on' : 'plain'}
        aria-pressed={stage.kind === 'discuss'}
        data-testid="stage-discuss"
        onClick={() => set('discuss')}
      />
      {stage.kind === 'room' && !call && (
        <BarButton
          icon={IconUserMinus}
          word={t('steering.stepDown')}
          look="on"
          data-testid="stage-down"
          onClick={() => set('listen')}
        />
      )}
    </>
  );
}
