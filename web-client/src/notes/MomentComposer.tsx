import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { duration } from '../ui/time.ts';
import styles from './Notes.module.css';

interface Props {
  /** The subject's own time now, ms; what is written belongs to the moment at which it was begun. */
  timeMs: number;
  /** What stands there already, with its moment. */
  begun?: { atMs: number; text: string };
  placeholder: string;
  /** The button's word; `{{at}}` in it is the moment. */
  word: (at: string) => string;
  maxLength: number;
  testId: string;
  onSave: (atMs: number, text: string) => Promise<unknown>;
  onCancel?: () => void;
}

/** Where one writes something at a second of the replay. Ctrl and Enter saves it. */
export function MomentComposer(props: Props) {
  const { timeMs, begun, placeholder, word, maxLength, testId, onSave, onCancel } = props;
  const { t } = useTranslation();
  const [text, setText] = useState(begun?.text ?? '');
  const [begunAtMs, setBegunAtMs] = useState<number | null>(begun?.atMs ?? null);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<ApiError | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  // What was opened to be written in is written in at once.
  const opened = onCancel !== undefined;
  useEffect(() => {
    if (opened) field.current?.focus();
  }, [opened]);
  const atMs = begunAtMs ?? timeMs;
  const idle = busy || text.trim() === '';
  const save = async () => {
    if (idle) return;
    setBusy(true);
    try {
      await onSave(atMs, text);
      setText('');
      setBegunAtMs(null);
      setFailed(null);
    } catch (error) {
      setFailed(ApiError.from(error));
    }
    setBusy(false);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && onCancel) onCancel();
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void save();
  };
  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <textarea
        ref={field}
        className={styles.input}
        rows={3}
        maxLength={maxLength}
        placeholder={placeholder}
        aria-label={placeholder}
        data-testid={testId}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          if (begunAtMs === null) setBegunAtMs(timeMs);
          if (target.value === '' && !begun) setBegunAtMs(null);
        }}
        onKeyDown={onKey}
      />
      {failed && <ErrorNote code={failed.code} />}
      <div className={styles.row}>
        {onCancel ? (
          <button type="button" className={styles.act} onClick={onCancel}>
            {t('common.cancel')}
          </button>
        ) : (
          <span className={styles.hint}>{t('studyNotes.keys')}</span>
        )}
        <Button kind="primary" type="submit" disabled={idle} data-testid={`${testId}-save`}>
          {word(duration(atMs))}
        </Button>
      </div>
    </form>
  );
}
