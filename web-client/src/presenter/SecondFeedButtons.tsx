import { IconChalkboard, IconScreenShare, IconScreenShareOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FeedRole } from '#protocol/domain.ts';
import { BarButton } from '../classroom/BarButton.tsx';
import { rememberDevice, rememberedDevice } from '../classroom/device-memory.ts';
import { useDevices } from '../classroom/use-devices.ts';
import type { PageErrorCode } from '../i18n/errors.ts';
import type { LessonSession, LessonSnapshot } from '../lesson/session.ts';
import styles from './Sheet.module.css';
import { Sheet } from './Sheet.tsx';

interface Props {
  session: LessonSession;
  snapshot: LessonSnapshot;
  onError: (code: PageErrorCode | null) => void;
}

/** The second picture beside the teacher: the screen, or a camera on the board. One of them at a time. */
export function SecondFeedButtons({ session, snapshot, onError }: Props) {
  const { t } = useTranslation();
  const [choosing, setChoosing] = useState(false);
  const sends = (role: FeedRole) =>
    snapshot.local.some((feed) => feed.role === role && feed.state !== 'failed');
  const camera = snapshot.local.find(({ role }) => role === 'teacher');
  const { cameras } = useDevices(camera?.stream);
  const inUse = camera?.stream?.getVideoTracks()[0]?.getSettings().deviceId;
  const others = cameras.filter(({ deviceId }) => deviceId !== inUse);
  const sharing = sends('screen');
  const showing = sends('board');

  async function toggleScreen() {
    onError(null);
    if (sharing) return session.unpublish('screen');
    if (!navigator.mediaDevices?.getDisplayMedia) return onError('SCREEN_UNSUPPORTED');
    await session.publishScreen();
    const screen = session.getSnapshot().local.find(({ role }) => role === 'screen');
    if (screen?.state === 'failed') {
      // Somebody who closed the picker has not failed at anything: say it once, and go back to how it was.
      await session.unpublish('screen');
      return onError(screen.errorCode);
    }
    if (showing) await session.unpublish('board');
  }

  async function showBoard(deviceId: string) {
    setChoosing(false);
    rememberDevice('board', deviceId);
    await session.publishCamera({ role: 'board', deviceId });
    if (sharing) await session.unpublish('screen');
  }

  function toggleBoard() {
    onError(null);
    if (showing) return void session.unpublish('board');
    const remembered = others.find(({ deviceId }) => deviceId === rememberedDevice('board'));
    if (remembered) void showBoard(remembered.deviceId);
    else setChoosing(!choosing);
  }

  return (
    <>
      <BarButton
        icon={sharing ? IconScreenShareOff : IconScreenShare}
        word={t(sharing ? 'presenter.stopShare' : 'presenter.share')}
        look={sharing ? 'on' : 'plain'}
        data-testid="share-screen"
        onClick={() => void toggleScreen()}
      />
      <div className={styles.anchor}>
        <BarButton
          icon={IconChalkboard}
          word={t(showing ? 'presenter.stopBoard' : 'presenter.board')}
          look={showing ? 'on' : 'plain'}
          aria-expanded={choosing}
          data-testid="board-camera"
          onClick={toggleBoard}
        />
        {choosing && (
          <Sheet title={t('presenter.boardChoose')} onClose={() => setChoosing(false)}>
            {others.length === 0 && <p>{t('presenter.boardNone')}</p>}
            <ul className={styles.choices}>
              {others.map(({ deviceId, label }, index) => (
                <li key={deviceId}>
                  <button type="button" className={styles.choice} onClick={() => void showBoard(deviceId)}>
                    {label || t('presenter.deviceUnnamed', { number: index + 1 })}
                  </button>
                </li>
              ))}
            </ul>
          </Sheet>
        )}
      </div>
    </>
  );
}
