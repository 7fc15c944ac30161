import { useTranslation } from 'react-i18next';
import { useAttempt } from '../admin/kit/use-attempt.tsx';
import { useUndoToast } from '../admin/kit/use-undo-toast.tsx';
import { directoryChanged } from './directory-api.ts';

interface Row {
  id: string;
  name: string;
  version: number;
}

/** Closes a row and offers to take that back, or opens it again. */
export function useClose(
  change: (id: string, act: 'archive' | 'restore', version: number) => Promise<{ version: number }>,
) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const toast = useUndoToast();
  return ({ id, name, version }: Row, act: 'archive' | 'restore') =>
    attempt(async () => {
      const saved = await change(id, act, version);
      await directoryChanged();
      if (act === 'restore') toast(t('directory.restored', { name }));
      else
        toast(t('directory.closed', { name }), async () => {
          await change(id, 'restore', saved.version);
          await directoryChanged();
        });
    });
}
