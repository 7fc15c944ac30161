import { IconCloudUpload } from '@tabler/icons-react';
import { Button } from 'antd';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { join } from '../ui/class-names.ts';
import styles from './UploadPage.module.css';

const LIBRARY_FILES = 'video/*,audio/*,.mkv,.avi,.flv,.wmv,.ts,.pdf,.pptx,.png,.jpg,.jpeg,.webp,.zip';

interface Props {
  /** What is dropped here; without it: files for the library. */
  title?: string;
  /** Which files are chosen from; those of the library without it. */
  accept?: string;
  hint: string;
  /** There are files already: it steps back. */
  small: boolean;
  onFiles: (files: File[]) => void;
}

/** Where files are dropped, or chosen. */
export function DropZone({ title, accept = LIBRARY_FILES, hint, small, onFiles }: Props) {
  const { t } = useTranslation();
  const word = title ?? t('intake.drop');
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  return (
    <section
      className={join(styles.drop, small && styles.small, over && styles.over)}
      aria-label={word}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      data-testid="drop-zone"
    >
      <IconCloudUpload className={styles.dropIcon} aria-hidden />
      <p className={styles.dropTitle}>{word}</p>
      <p className={styles.hint}>{hint}</p>
      <Button
        type={small ? 'default' : 'primary'}
        size="large"
        onClick={() => input.current?.click()}
        data-testid="choose-files"
      >
        {t('intake.choose')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-testid="file-input"
        accept={accept}
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          // The same file may be chosen again.
          target.value = '';
        }}
      />
    </section>
  );
}
