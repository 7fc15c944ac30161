import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import styles from './Editor.module.css';
import type { CueEditor, SaveState } from './use-cue-editor.ts';

interface Props {
  save: SaveState;
  onSettle: CueEditor['settle'];
  onAgain: () => void;
}

/** Where what was written is. It is saved by itself; a question is only asked when somebody else was faster. */
export function SaveMark({ save, onSettle, onAgain }: Props) {
  const { t } = useTranslation();
  if (save.state === 'overtaken')
    return (
      <div className={styles.overtaken} role="alert">
        <p>{t('captions.editor.overtaken')}</p>
        <Button onClick={() => void onSettle('theirs')}>{t('captions.editor.takeTheirs')}</Button>
        <Button kind="primary" onClick={() => void onSettle('mine')}>
          {t('captions.editor.keepMine')}
        </Button>
      </div>
    );
  if (save.state === 'failed')
    return (
      <div className={styles.overtaken}>
        <ErrorNote code={save.code} />
        <Button kind="primary" onClick={onAgain}>
          {t('common.retry')}
        </Button>
      </div>
    );
  return (
    <span className={styles.saved} role="status" data-testid="save-state" data-state={save.state}>
      {t(`captions.editor.save.${save.state}`)}
    </span>
  );
}
