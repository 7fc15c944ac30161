import { IconDeviceTv } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { measure } from '../theme/tokens.ts';
import { ButtonLink } from '../ui/Button.tsx';

/** For the sign-in page: the way in of a room, which has no account to type. */
export function HereLink() {
  const { t } = useTranslation();
  return (
    <ButtonLink to="/pair" data-testid="pair-here">
      <IconDeviceTv size={measure.icon} aria-hidden="true" />
      {t('room.pair.here')}
    </ButtonLink>
  );
}
