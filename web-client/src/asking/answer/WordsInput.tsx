import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import styles from './Answer.module.css';
import type { AnswerInputProps } from './AnswerInput.tsx';

const MAX_LENGTH = 120;

/** A few words, written with the machine's own keyboard. */
export function WordsInput({ value, onAnswer }: AnswerInputProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(value?.kind === 'shortText' ? value.text : '');
  return (
    <form
      className={styles.words}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) onAnswer({ kind: 'shortText', text });
      }}
    >
      <input
        className={styles.typed}
        maxLength={MAX_LENGTH}
        autoComplete="off"
        placeholder={t('asking.stage.placeholder')}
        aria-label={t('asking.stage.write')}
        data-testid="words-answer"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button
        kind="primary"
        type="submit"
        className={styles.submit}
        disabled={!text.trim()}
        data-testid="submit-answer"
      >
        {t('asking.stage.submit')}
      </Button>
    </form>
  );
}
