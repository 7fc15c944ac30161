import {
  IconArrowBarToLeft,
  IconArrowBarToRight,
  IconBracketsContainEnd,
  IconBracketsContainStart,
  IconCut,
  IconSeparatorVertical,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { duration } from '../ui/time.ts';
import styles from './Editor.module.css';
import { ToolButton } from './ToolButton.tsx';
import type { Tools } from './use-tools.ts';

/** What is done at the playhead, each with its key. */
export function EditTools({ tools }: { tools: Tools }) {
  const { t } = useTranslation();
  const { selection, readOnly } = tools;
  const selected = selection.fromMs !== null && selection.toMs !== null;
  return (
    <div className={styles.tools} role="toolbar" aria-label={t('editor.tools.label')}>
      <ToolButton
        icon={IconArrowBarToRight}
        word={t('editor.tools.startHere')}
        hint="["
        data-testid="start-here"
        disabled={readOnly}
        onClick={tools.startHere}
      />
      <ToolButton
        icon={IconArrowBarToLeft}
        word={t('editor.tools.endHere')}
        hint="]"
        data-testid="end-here"
        disabled={readOnly}
        onClick={tools.endHere}
      />
      <span className={styles.rule} />
      <ToolButton
        icon={IconBracketsContainStart}
        word={t('editor.tools.in')}
        hint="I"
        data-testid="mark-in"
        aria-pressed={selection.fromMs !== null}
        onClick={tools.markIn}
      />
      <ToolButton
        icon={IconBracketsContainEnd}
        word={t('editor.tools.out')}
        hint="O"
        data-testid="mark-out"
        aria-pressed={selection.toMs !== null}
        onClick={tools.markOut}
      />
      <ToolButton
        icon={IconCut}
        word={
          selected
            ? t('editor.tools.cutLength', { length: duration(selection.toMs! - selection.fromMs!) })
            : t('editor.tools.cut')
        }
        hint="Del"
        data-testid="cut-out-selection"
        disabled={readOnly || !selected}
        onClick={tools.cut}
      />
      <span className={styles.rule} />
      <ToolButton
        icon={IconSeparatorVertical}
        word={t('editor.tools.split')}
        hint="S"
        data-testid="split-here"
        disabled={readOnly}
        onClick={tools.split}
      />
    </div>
  );
}
