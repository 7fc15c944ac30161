import { IconDoorExit, IconLogout, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Lesson } from '#protocol/domain.ts';
import { ApiError } from '../api/api-error.ts';
import { platform } from '../api/platform.ts';
import { BoardButton } from '../board/BoardButton.tsx';
import { BarButton } from '../classroom/BarButton.tsx';
import { BellTime } from '../classroom/BellTime.tsx';
import { RecordingMark } from '../classroom/RecordingMark.tsx';
import { SendButtons } from '../classroom/SendButtons.tsx';
import { RecordMenu } from '../desk/RecordMenu.tsx';
import type { PageErrorCode } from '../i18n/errors.ts';
import type { LessonSession, LessonSnapshot } from '../lesson/session.ts';
import { homePath } from '../room/room-memory.ts';
import { CallButton } from '../steering/CallButton.tsx';
import { MoreButton } from '../steering/MoreButton.tsx';
import { PauseButton } from '../steering/PauseButton.tsx';
import { StageSwitch } from '../steering/StageSwitch.tsx';
import { TimerButton } from '../steering/TimerButton.tsx';
import type { Act } from '../steering/use-act.ts';
import { useSteeringKeys } from '../steering/use-steering-keys.ts';
import { EndDialog } from './EndDialog.tsx';
import { FeedsMenu } from './FeedsMenu.tsx';
import { MicMeter } from './MicMeter.tsx';
import styles from './PresenterConsole.module.css';
import { ShareButton } from './ShareButton.tsx';

interface Props {
  lesson: Lesson;
  session: LessonSession;
  snapshot: LessonSnapshot;
  /** Server's wall ms. */
  now: number;
  act: Act;
  onError: (code: PageErrorCode | null) => void;
}

/** Everything a presenter does, on one line at the lower edge. */
export function ConsoleBar({ lesson, session, snapshot, now, act, onError }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const { live, local } = snapshot;
  const begun = live.state === 'live';
  useSteeringKeys(live, act);
  const change = useMutation({
    mutationFn: (to: 'live' | 'ended') => platform.changeState(lesson.lessonId, to),
    onMutate: () => onError(null),
    onError: (error) => onError(ApiError.from(error).code),
    onSettled: () => setAsking(false),
  });
  const mic = local.find(({ role }) => role === 'mic');
  return (
    <footer className={styles.bar}>
      {!begun && (
        <BarButton
          icon={IconPlayerPlayFilled}
          word={t('presenter.start')}
          look="primary"
          data-testid="start-lesson"
          disabled={change.isPending}
          onClick={() => change.mutate('live')}
        />
      )}
      <MicMeter stream={mic && !mic.paused ? mic.stream : null} />
      <SendButtons session={session} snapshot={snapshot} camera="teacher" />
      <ShareButton session={session} snapshot={snapshot} onError={onError} />
      <BoardButton live={live} act={act} />
      <FeedsMenu session={session} snapshot={snapshot} act={act} />
      <div className={styles.gap} />
      <StageSwitch live={live} act={act} />
      <CallButton live={live} act={act} />
      <TimerButton live={live} act={act} now={now} />
      <PauseButton live={live} act={act} />
      <MoreButton live={live} act={act} />
      <RecordMenu
        lesson={lesson}
        session={session}
        snapshot={snapshot}
        now={now}
        act={act}
        onError={onError}
      />
      <div className={styles.gap} />
      <div className={styles.clock}>
        <RecordingMark live={live} now={now} />
        <span className={styles.bell}>
          <BellTime lesson={lesson} begun={begun} now={now} />
        </span>
      </div>
      {begun ? (
        <BarButton
          icon={IconDoorExit}
          word={t('presenter.end')}
          look="danger"
          data-testid="end-lesson"
          onClick={() => setAsking(true)}
        />
      ) : (
        <BarButton icon={IconLogout} word={t('stage.leave')} onClick={() => void navigate(homePath())} />
      )}
      {asking && (
        <EndDialog
          busy={change.isPending}
          onEnd={() => change.mutate('ended')}
          onClose={() => setAsking(false)}
        />
      )}
    </footer>
  );
}
