import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';

interface Props {
  busy: boolean;
  onEnd: () => void;
  onClose: () => void;
}

/** Asked because it cannot be undone. */
export function EndDialog({ busy, onEnd, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t('presenter.endTitle')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind="danger" data-testid="end-lesson-confirm" disabled={busy} onClick={onEnd}>
            {t('presenter.endConfirm')}
          </Button>
        </>
      }
    >
      {t('presenter.endLead')}
    </Dialog>
  );
}
