import { useTranslation } from 'react-i18next';
import type { CaptionTrack } from '#protocol/caption.ts';
import { Button } from '../../ui/Button.tsx';
import { useLanguage } from '../../ui/use-language.ts';
import styles from './Editor.module.css';
import { languageName, OFFERED, ownName } from './languages.ts';

interface Props {
  path: string;
  tracks: readonly CaptionTrack[];
  track: CaptionTrack;
  onChoose: (language: string) => void;
  onBegin: (language: string, label: string, file: Blob) => void;
  onRemove: (language: string) => void;
}

/** Which language is edited, one more, the file of it, and away with it. */
export function LanguageTools({ path, tracks, track, onChoose, onBegin, onRemove }: Props) {
  const { t } = useTranslation();
  const reader = useLanguage();
  const missing = OFFERED.filter((tag) => tracks.every(({ language }) => language !== tag));
  return (
    <div className={styles.languages}>
      <select
        className={styles.select}
        aria-label={t('captions.language')}
        value={track.language}
        data-testid="edited-language"
        onChange={({ target }) => onChoose(target.value)}
      >
        {tracks.map(({ language, label }) => (
          <option key={language} value={language}>
            {label}
          </option>
        ))}
      </select>
      <select
        className={styles.select}
        aria-label={t('captions.editor.addLanguage')}
        value=""
        data-testid="add-language"
        onChange={({ target }) => onBegin(target.value, ownName(target.value), new Blob(['WEBVTT\n']))}
      >
        <option value="">{t('captions.editor.addLanguage')}</option>
        {missing.map((tag) => (
          <option key={tag} value={tag}>
            {languageName(tag, reader)}
          </option>
        ))}
      </select>
      <a className={styles.download} href={`${path}/captions/${track.language}.vtt`} download>
        {t('captions.download')}
      </a>
      <Button data-testid="remove-language" onClick={() => onRemove(track.language)}>
        {t('captions.editor.removeLanguage')}
      </Button>
    </div>
  );
}
