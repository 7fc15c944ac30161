import { IconMicrophone, IconMicrophoneOff, IconVideo, IconVideoOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LessonSession, LessonSnapshot } from '../lesson/session.ts';
import { BarButton } from './BarButton.tsx';
import { startCamera, startMic } from './use-auto-send.ts';

interface Props {
  session: LessonSession;
  snapshot: LessonSnapshot;
  /** Which feed the camera is. */
  camera: 'teacher' | 'pupils';
  stage?: boolean;
}

/** Microphone and camera: a word and a colour say whether others hear and see us. */
export function SendButtons({ session, snapshot, camera, stage }: Props) {
  const { t } = useTranslation();
  const mic = snapshot.local.find((feed) => feed.role === 'mic');
  const picture = snapshot.local.find((feed) => feed.role === camera);
  const micOn = mic !== undefined && mic.state !== 'failed' && !mic.paused;
  const cameraOn = picture !== undefined && picture.state !== 'failed' && !picture.paused;
  const toggleMic = () =>
    mic && mic.state !== 'failed' ? session.setPaused('mic', !mic.paused) : startMic(session);
  const toggleCamera = () =>
    picture && picture.state !== 'failed'
      ? session.setPaused(camera, !picture.paused)
      : startCamera(session, camera);
  return (
    <>
      <BarButton
        icon={micOn ? IconMicrophone : IconMicrophoneOff}
        word={t(micOn ? 'stage.mic' : 'stage.micOff')}
        look={micOn ? 'plain' : 'off'}
        stage={stage}
        aria-label={t(micOn ? 'stage.turnOffMic' : 'stage.turnOnMic')}
        data-testid="toggle-mic"
        onClick={() => void toggleMic()}
      />
      <BarButton
        icon={cameraOn ? IconVideo : IconVideoOff}
        word={t(cameraOn ? 'stage.camera' : 'stage.cameraOff')}
        look={cameraOn ? 'plain' : 'off'}
        stage={stage}
        aria-label={t(cameraOn ? 'stage.turnOffCamera' : 'stage.turnOnCamera')}
        data-testid="toggle-camera"
        onClick={() => void toggleCamera()}
      />
    </>
  );
}
