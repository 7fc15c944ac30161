import { IconMovie } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#protocol/ids.ts';
import { measure } from '../theme/tokens.ts';
import { Button } from '../ui/Button.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import type { ExportSubject } from './exports-api.ts';

interface Props {
  of: ExportSubject;
  /** Video feeds that can be had alone. */
  feeds?: readonly { trackId: Id; name: string }[];
  className?: string;
}

/** Opens what can be exported and what has been; for who may export. */
export function ExportButton({ of, feeds = [], className }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button {...(className && { className })} data-testid="export" onClick={() => setOpen(true)}>
        <IconMovie size={measure.icon} aria-hidden="true" />
        {t('exports.open')}
      </Button>
      {open && <ExportDialog of={of} feeds={feeds} onClose={() => setOpen(false)} />}
    </>
  );
}
