import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';

/** Chooses a caption file. The same file can be chosen again after it was mended. */
export function FileButton({ onFile, primary = false }: { onFile: (file: File) => void; primary?: boolean }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button kind={primary ? 'primary' : 'quiet'} onClick={() => input.current?.click()}>
        {t('captions.editor.file')}
      </Button>
      <input
        ref={input}
        hidden
        type="file"
        accept=".vtt,.srt,.txt,text/vtt,application/x-subrip"
        data-testid="caption-file"
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file) onFile(file);
          target.value = '';
        }}
      />
    </>
  );
}
