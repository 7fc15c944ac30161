import { IconMaximize, IconMinimize } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { BarButton } from './BarButton.tsx';
import { useFullscreen } from './use-fullscreen.ts';

export function FullscreenButton({ stage }: { stage?: boolean }) {
  const { t } = useTranslation();
  const { available, full, toggle } = useFullscreen();
  if (!available) return null;
  return (
    <BarButton
      icon={full ? IconMinimize : IconMaximize}
      word={t(full ? 'stage.exitFullscreen' : 'stage.fullscreen')}
      stage={stage}
      onClick={toggle}
    />
  );
}
