import { IconVideoPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BarButton } from '../classroom/BarButton.tsx';
import { rememberDevice } from '../classroom/device-memory.ts';
import { startMic } from '../classroom/use-auto-send.ts';
import { useDevices } from '../classroom/use-devices.ts';
import type { LessonSession, LessonSnapshot } from '../lesson/session.ts';
import type { Act } from '../steering/use-act.ts';
import { CameraList } from './CameraList.tsx';
import { FeedList } from './FeedList.tsx';
import styles from './Sheet.module.css';
import { Sheet } from './Sheet.tsx';

interface Props {
  session: LessonSession;
  snapshot: LessonSnapshot;
  act: Act;
}

/** Every camera and microphone of the master classroom: what each shows, what it is called, which one is large. */
export function FeedsMenu({ session, snapshot, act }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const mic = snapshot.local.find(({ role }) => role === 'mic')?.stream ?? null;
  const granted = snapshot.local.find(({ stream }) => stream)?.stream ?? null;
  const { cameras, mics } = useDevices(granted);
  const micInUse = mic?.getTracks()[0]?.getSettings().deviceId;
  return (
    <div className={styles.anchor}>
      <BarButton
        icon={IconVideoPlus}
        word={t('presenter.feeds')}
        aria-expanded={open}
        data-testid="feeds"
        onClick={() => setOpen(!open)}
      />
      {open && (
        <Sheet title={t('presenter.feedsTitle')} wide onClose={() => setOpen(false)}>
          <FeedList snapshot={snapshot} act={act} />
          <h3 className={styles.label}>{t('presenter.deviceCamera')}</h3>
          <CameraList session={session} snapshot={snapshot} cameras={cameras} />
          <h3 className={styles.label}>{t('presenter.deviceMic')}</h3>
          {mics.length === 0 && <p>{t('presenter.deviceNone')}</p>}
          <ul className={styles.choices}>
            {mics.map(({ deviceId, label }, index) => (
              <li key={deviceId}>
                <button
                  type="button"
                  className={styles.choice}
                  aria-pressed={deviceId === micInUse}
                  onClick={() => {
                    rememberDevice('mic', deviceId);
                    void startMic(session);
                  }}
                >
                  {label || t('presenter.deviceUnnamed', { number: index + 1 })}
                </button>
              </li>
            ))}
          </ul>
          <p className={styles.note}>{t('presenter.devicesRemembered')}</p>
        </Sheet>
      )}
    </div>
  );
}
