import { useTranslation } from 'react-i18next';
import type { LiveState } from '#protocol/live-state.ts';
import type { RoomSlot } from '../classroom/lesson-view.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { RollLine } from './RollTable.tsx';
import type { Act } from './use-act.ts';

interface Props {
  room: RoomSlot;
  live: LiveState;
  act: Act;
  onClose: () => void;
}

/** What the teacher can do with one room. */
export function RoomDialog({ room, live, act, onClose }: Props) {
  const { t } = useTranslation();
  const { participantId } = room;
  if (!participantId) return null;
  const { stage, stageSeq: seen, rolls } = live.steering;
  const onStage = stage.kind === 'room' && stage.participantId === participantId;
  const remove = (forbid: boolean) => {
    void act('participant.remove', { participantId, forbid });
    onClose();
  };
  return (
    <Dialog
      title={room.name}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button data-testid="room-remove" onClick={() => remove(false)}>
            {t('steering.remove')}
          </Button>
          <Button kind="danger" data-testid="room-forbid" onClick={() => remove(true)}>
            {t('steering.removeForbid')}
          </Button>
          <Button
            kind="primary"
            data-testid="room-stage"
            onClick={() => {
              const next = onStage
                ? ({ kind: 'listen' } as const)
                : ({ kind: 'room', participantId } as const);
              void act('stage.set', { stage: next, seen });
              onClose();
            }}
          >
            {t(onStage ? 'steering.stepDown' : 'steering.toStage')}
          </Button>
        </>
      }
    >
      <p>{room.organizationName}</p>
      <p>
        <RollLine roll={rolls.get(participantId)} />
      </p>
      <p>{t('steering.removeLead')}</p>
    </Dialog>
  );
}
