import { IconScreenShare, IconScreenShareOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { BarButton } from '../classroom/BarButton.tsx';
import type { PageErrorCode } from '../i18n/errors.ts';
import type { LessonSession, LessonSnapshot } from '../lesson/session.ts';

interface Props {
  session: LessonSession;
  snapshot: LessonSnapshot;
  /** Sized for a big screen. */
  stage?: boolean;
  onError: (code: PageErrorCode | null) => void;
}

/** Shows this machine's screen to everybody. */
export function ShareButton({ session, snapshot, stage, onError }: Props) {
  const { t } = useTranslation();
  const sharing = snapshot.local.some(({ role, state }) => role === 'screen' && state !== 'failed');

  async function toggle() {
    onError(null);
    if (sharing) return session.unpublish('screen');
    if (!navigator.mediaDevices?.getDisplayMedia) return onError('SCREEN_UNSUPPORTED');
    await session.publishScreen();
    const screen = session.getSnapshot().local.find(({ role }) => role === 'screen');
    if (screen?.state !== 'failed') return;
    // Somebody who closed the picker has not failed at anything: say it once, and go back to how it was.
    await session.unpublish('screen');
    onError(screen.errorCode);
  }

  return (
    <BarButton
      icon={sharing ? IconScreenShareOff : IconScreenShare}
      word={t(sharing ? 'presenter.stopShare' : 'presenter.share')}
      look={sharing ? 'on' : 'plain'}
      stage={stage}
      data-testid="share-screen"
      onClick={() => void toggle()}
    />
  );
}
