import { useTranslation } from 'react-i18next';
import { forgetFeed, MASTER_CAMERAS, type MasterCamera, rememberFeed } from '../classroom/device-memory.ts';
import type { LessonSession, LessonSnapshot } from '../lesson/session.ts';
import styles from './Feeds.module.css';

interface Props {
  session: LessonSession;
  snapshot: LessonSnapshot;
  cameras: readonly MediaDeviceInfo[];
}

/** What each camera of this machine shows; a touch on another word changes it, a touch on its own ends it. */
export function CameraList({ session, snapshot, cameras }: Props) {
  const { t } = useTranslation();
  const deviceOf = (role: MasterCamera) =>
    snapshot.local
      .find((feed) => feed.role === role)
      ?.stream?.getVideoTracks()[0]
      ?.getSettings().deviceId;
  const toggle = (role: MasterCamera, deviceId: string) => {
    if (deviceOf(role) === deviceId) {
      // The teacher's own picture is turned off by the camera button, and never lost here.
      if (role === 'teacher') return;
      forgetFeed(role);
      return void session.unpublish(role);
    }
    rememberFeed(role, deviceId);
    void session.publishCamera({ role, deviceId });
  };
  if (cameras.length === 0) return <p>{t('presenter.deviceNone')}</p>;
  return (
    <ul className={styles.cameras}>
      {cameras.map(({ deviceId, label }, index) => (
        <li key={deviceId} className={styles.camera}>
          <span className={styles.device}>
            {label || t('presenter.deviceUnnamed', { number: index + 1 })}
          </span>
          <div className={styles.roles}>
            {MASTER_CAMERAS.map((role) => (
              <button
                key={role}
                type="button"
                className={styles.role}
                aria-pressed={deviceOf(role) === deviceId}
                data-testid={`camera-${index}-${role}`}
                onClick={() => toggle(role, deviceId)}
              >
                {t(`presenter.feed.${role}`)}
              </button>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}
