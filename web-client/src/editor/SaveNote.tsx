import { IconAlertTriangle, IconCloudCheck, IconCloudUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { measure } from '../theme/tokens.ts';
import styles from './Editor.module.css';
import type { SaveState } from './state/autosave.ts';

/** Whether what was done is safe, always in the same place. */
export function SaveNote({ save }: { save: SaveState }) {
  const { t } = useTranslation();
  const isSafe = save.kind === 'saved';
  const isBroken = save.kind === 'failed' || save.kind === 'overtaken' || save.kind === 'refused';
  const Icon = isSafe ? IconCloudCheck : isBroken ? IconAlertTriangle : IconCloudUpload;
  return (
    <span className={styles.save} data-state={save.kind} data-testid="save-state" role="status">
      <Icon size={measure.icon} aria-hidden="true" />
      <span>{t(`editor.save.${save.kind}`)}</span>
    </span>
  );
}
