import { App, Button } from 'antd';
import { useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/api-error.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';

const OFFERED_SECONDS = 12;

/**
 * Says what was done, and offers to take it back for a while.
 *
 *     const toast = useUndoToast();
 *     toast(t('organizations.archived', { name }), () => api.restore(id));
 *
 * Without `undo` it only says it.
 */
export function useUndoToast(): (word: string, undo?: () => Promise<unknown>) => void {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const count = useRef(0);
  return useCallback(
    (word, undo) => {
      count.current += 1;
      const key = `undo-${count.current}`;
      const takeBack = async () => {
        message.destroy(key);
        try {
          await undo?.();
          void message.success(t('admin.undone'));
        } catch (thrown) {
          void message.error(<ErrorNote code={ApiError.from(thrown).code} />);
        }
      };
      void message.open({
        key,
        type: 'success',
        duration: undo ? OFFERED_SECONDS : undefined,
        content: (
          <>
            {word}
            {undo && (
              <Button type="link" data-testid="undo" onClick={takeBack}>
                {t('admin.undo')}
              </Button>
            )}
          </>
        ),
      });
    },
    [message, t],
  );
}
