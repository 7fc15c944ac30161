import { IconSettings } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BarButton } from '../classroom/BarButton.tsx';
import { type DeviceUse, rememberDevice } from '../classroom/device-memory.ts';
import { startCamera, startMic } from '../classroom/use-auto-send.ts';
import { useDevices } from '../classroom/use-devices.ts';
import type { LessonSession, LessonSnapshot } from '../lesson/session.ts';
import styles from './Sheet.module.css';
import { Sheet } from './Sheet.tsx';

/** Which camera and microphone are used, remembered on this machine. */
export function DeviceMenu({ session, snapshot }: { session: LessonSession; snapshot: LessonSnapshot }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const camera = snapshot.local.find(({ role }) => role === 'teacher')?.stream ?? null;
  const mic = snapshot.local.find(({ role }) => role === 'mic')?.stream ?? null;
  const { cameras, mics } = useDevices(camera ?? mic);
  const choose = (use: DeviceUse, deviceId: string) => {
    rememberDevice(use, deviceId);
    void (use === 'mic' ? startMic(session) : startCamera(session, 'teacher'));
  };
  return (
    <div className={styles.anchor}>
      <BarButton
        icon={IconSettings}
        word={t('presenter.devices')}
        aria-expanded={open}
        data-testid="devices"
        onClick={() => setOpen(!open)}
      />
      {open && (
        <Sheet title={t('presenter.devicesTitle')} onClose={() => setOpen(false)}>
          <DeviceList
            label={t('presenter.deviceCamera')}
            devices={cameras}
            used={deviceIdOf(camera)}
            onChoose={(deviceId) => choose('camera', deviceId)}
          />
          <DeviceList
            label={t('presenter.deviceMic')}
            devices={mics}
            used={deviceIdOf(mic)}
            onChoose={(deviceId) => choose('mic', deviceId)}
          />
          <p className={styles.note}>{t('presenter.devicesRemembered')}</p>
        </Sheet>
      )}
    </div>
  );
}

const deviceIdOf = (stream: MediaStream | null) => stream?.getTracks()[0]?.getSettings().deviceId;

interface ListProps {
  label: string;
  devices: MediaDeviceInfo[];
  used: string | undefined;
  onChoose: (deviceId: string) => void;
}

function DeviceList({ label, devices, used, onChoose }: ListProps) {
  const { t } = useTranslation();
  return (
    <>
      <h3 className={styles.label}>{label}</h3>
      {devices.length === 0 && <p>{t('presenter.deviceNone')}</p>}
      <ul className={styles.choices}>
        {devices.map(({ deviceId, label: name }, index) => (
          <li key={deviceId}>
            <button
              type="button"
              className={styles.choice}
              aria-pressed={deviceId === used}
              onClick={() => onChoose(deviceId)}
            >
              {name || t('presenter.deviceUnnamed', { number: index + 1 })}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
