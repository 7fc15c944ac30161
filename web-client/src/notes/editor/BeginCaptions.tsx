import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/Button.tsx';
import { useLanguage } from '../../ui/use-language.ts';
import styles from './Editor.module.css';
import { FileButton } from './FileButton.tsx';
import { languageName, OFFERED, ownName } from './languages.ts';
import { useFileDrop } from './use-file-drop.ts';

const NOTHING_YET = new Blob(['WEBVTT\n']);

/** A lesson without captions: the two ways to have some. */
export function BeginCaptions({
  onBegin,
}: {
  onBegin: (language: string, label: string, file: Blob) => void;
}) {
  const { t } = useTranslation();
  const reader = useLanguage();
  const [language, setLanguage] = useState<string>('zh-CN');
  const begin = (file: Blob) => onBegin(language, ownName(language), file);
  useFileDrop(begin);
  return (
    <section className={styles.begin}>
      <h2 className={styles.beginTitle}>{t('captions.editor.beginTitle')}</h2>
      <p className={styles.hint}>{t('captions.editor.beginLead')}</p>
      <label className={styles.label}>
        {t('captions.language')}
        <select
          className={styles.select}
          value={language}
          data-testid="begin-language"
          onChange={({ target }) => setLanguage(target.value)}
        >
          {OFFERED.map((tag) => (
            <option key={tag} value={tag}>
              {languageName(tag, reader)}
            </option>
          ))}
        </select>
      </label>
      <div className={styles.buttons}>
        <FileButton primary onFile={begin} />
        <Button data-testid="begin-empty" onClick={() => begin(NOTHING_YET)}>
          {t('captions.editor.byHand')}
        </Button>
      </div>
    </section>
  );
}
