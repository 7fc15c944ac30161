import { App } from 'antd';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';

/**
 * What was typed and not saved is not lost by a slip: leaving the page asks first.
 * @returns asks in the same way before a drawer is closed.
 */
export function useUnsavedGuard(dirty: boolean): (leave: () => void) => void {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const ask = useCallback(
    (leave: () => void, stay?: () => void) =>
      void modal.confirm({
        title: t('admin.form.unsaved'),
        content: t('admin.form.unsavedHint'),
        okText: t('admin.form.discard'),
        okButtonProps: { danger: true },
        cancelText: t('admin.form.goOn'),
        // Who presses Enter without looking loses nothing.
        autoFocusButton: 'cancel',
        onOk: leave,
        ...(stay && { onCancel: stay }),
      }),
    [modal, t],
  );
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => dirty && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (blocker.state === 'blocked') ask(blocker.proceed, blocker.reset);
  }, [blocker, ask]);
  useEffect(() => {
    if (!dirty) return;
    const hold = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', hold);
    return () => removeEventListener('beforeunload', hold);
  }, [dirty]);
  return useCallback((leave) => (dirty ? ask(leave) : leave()), [dirty, ask]);
}
