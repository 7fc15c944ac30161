import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { measure } from '../theme/tokens.ts';
import { Button } from '../ui/Button.tsx';
import { SharedText } from '../ui/SharedText.tsx';
import styles from './AnswerSheet.module.css';

interface Props {
  /** The class list, as far as it is known. */
  names: readonly string[];
  answered: readonly string[];
  onPick: (name: string) => void;
}

/** Which child answers now: from the class list, or by name or seat. */
export function ChildPicker({ names, answered, onPick }: Props) {
  const { t } = useTranslation();
  const [other, setOther] = useState('');
  const all = [...names, ...answered.filter((name) => !names.includes(name))];
  return (
    <>
      <p className={styles.who}>{t('asking.sheet.who')}</p>
      <ul className={styles.names}>
        {all.map((name) => (
          <li key={name}>
            <button type="button" className={styles.name} onClick={() => onPick(name)}>
              <SharedText text={name} />
              {answered.includes(name) && <IconCheck size={measure.icon} aria-hidden="true" />}
            </button>
          </li>
        ))}
      </ul>
      <form
        className={styles.other}
        onSubmit={(event) => {
          event.preventDefault();
          if (other.trim()) onPick(other.trim());
        }}
      >
        <input
          className={styles.input}
          maxLength={32}
          placeholder={t('asking.sheet.otherName')}
          aria-label={t('asking.sheet.otherName')}
          data-testid="child-name"
          value={other}
          onChange={(event) => setOther(event.target.value)}
        />
        <Button type="submit" disabled={!other.trim()}>
          {t('asking.sheet.notListed')}
        </Button>
      </form>
    </>
  );
}
