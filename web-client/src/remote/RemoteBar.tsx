import { IconDeviceTv, IconLogout } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Lesson } from '#protocol/domain.ts';
import { BarButton } from '../classroom/BarButton.tsx';
import { BellTime } from '../classroom/BellTime.tsx';
import { FullscreenButton } from '../classroom/FullscreenButton.tsx';
import { teacherView } from '../classroom/lesson-view.ts';
import { RecordingMark } from '../classroom/RecordingMark.tsx';
import { SendButtons } from '../classroom/SendButtons.tsx';
import type { PageErrorCode } from '../i18n/errors.ts';
import type { LessonSession, LessonSnapshot } from '../lesson/session.ts';
import { ShareButton } from '../presenter/ShareButton.tsx';
import { homePath } from '../room/room-memory.ts';
import { HandButton } from '../steering/HandButton.tsx';
import type { Act } from '../steering/use-act.ts';
import { join } from '../ui/class-names.ts';
import styles from './RemoteStage.module.css';
import { roomSentence } from './room-sentence.ts';

interface Props {
  lesson: Lesson;
  session: LessonSession;
  snapshot: LessonSnapshot;
  sends: boolean;
  /** Server's wall ms. */
  now: number;
  act: Act;
  onError: (code: PageErrorCode | null) => void;
  secondOpen: boolean;
  onSecond: () => void;
}

/** The foot of the big screen: how things stand in one sentence, the bell, and what the room can do. */
export function RemoteBar({
  lesson,
  session,
  snapshot,
  sends,
  now,
  act,
  onError,
  secondOpen,
  onSecond,
}: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { live, me, local } = snapshot;
  const sharing = local.some(({ role }) => role === 'screen');
  const sentence = roomSentence(snapshot, teacherView(snapshot), sends);
  return (
    <footer className={styles.bar}>
      <p className={join(styles.sentence, sentence.tone !== 'plain' && styles[sentence.tone])} role="status">
        {t(sentence.word, { teacher: lesson.teacherName })}
      </p>
      <span className={styles.bell}>
        {lesson.period !== null && `${t('today.period', { period: lesson.period })} · `}
        <BellTime lesson={lesson} begun={live.state === 'live'} now={now} />
      </span>
      <RecordingMark live={live} now={now} />
      <div className={styles.buttons}>
        {sends && me && <HandButton live={live} participantId={me.participantId} act={act} stage />}
        {sends && <SendButtons session={session} snapshot={snapshot} camera="pupils" stage />}
        {sends && (live.steering.switches.screen || sharing) && (
          <ShareButton session={session} snapshot={snapshot} stage onError={onError} />
        )}
        <FullscreenButton stage />
        <BarButton
          icon={IconDeviceTv}
          word={t('steering.secondScreen')}
          look={secondOpen ? 'on' : 'plain'}
          aria-pressed={secondOpen}
          stage
          data-testid="second-window"
          onClick={onSecond}
        />
        <BarButton
          icon={IconLogout}
          word={t('stage.leave')}
          stage
          onClick={() => void navigate(homePath())}
        />
      </div>
    </footer>
  );
}
