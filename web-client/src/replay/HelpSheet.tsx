import { IconHandClick } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { measure } from '../theme/tokens.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import styles from './HelpSheet.module.css';

const KEYS = [
  ['play', ['␣', 'K']],
  ['nudge', ['←', '→']],
  ['skip', ['J', 'L']],
  ['speed', ['<', '>']],
  ['tenths', ['0', '…', '9']],
  ['volume', ['↑', '↓', 'M']],
  ['captions', ['C']],
  ['board', ['B']],
  ['fullscreen', ['F']],
] as const;

/** Every key of the player, on one sheet. */
export function HelpSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t('replay.help.title')}
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          {t('replay.help.close')}
        </Button>
      }
    >
      <dl className={styles.keys} data-testid="replay-help-sheet">
        {KEYS.map(([word, keys]) => (
          <div key={word} className={styles.line}>
            <dt>
              {keys.map((key) => (
                <kbd key={key} className={styles.key}>
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{t(`replay.help.${word}`)}</dd>
          </div>
        ))}
        <div className={styles.line}>
          <dt>
            <IconHandClick size={measure.icon} aria-hidden="true" />
          </dt>
          <dd>{t('replay.help.touch')}</dd>
        </div>
      </dl>
    </Dialog>
  );
}
