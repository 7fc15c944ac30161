import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.ts';
import { resources } from '../api/resources.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import styles from './ReplayPlayer.module.css';

/** The word that opens a resource to whoever was told it. */
export function PasswordForm({ resourceId, onOpened }: { resourceId: string; onOpened: () => void }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const unlock = useMutation({
    mutationFn: () => resources.unlock(resourceId, password),
    onSuccess: onOpened,
  });
  return (
    <form
      className={styles.password}
      onSubmit={(event) => {
        event.preventDefault();
        unlock.mutate();
      }}
    >
      <label className={styles.passwordField}>
        {t('replay.password.label')}
        <input
          className={styles.passwordInput}
          type="password"
          autoComplete="off"
          value={password}
          data-testid="resource-password"
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
      {unlock.error && <ErrorNote code={ApiError.from(unlock.error).code} />}
      <Button kind="primary" type="submit" disabled={password === '' || unlock.isPending}>
        {t('replay.password.open')}
      </Button>
    </form>
  );
}
