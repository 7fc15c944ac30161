import { useTranslation } from 'react-i18next';
import styles from './Captions.module.css';
import { chooseCaptions } from './choice.ts';
import type { Captions } from './use-captions.ts';

/** Which captions are shown; nothing where there are none. */
export function CaptionField({ captions: { tracks, track } }: { captions: Captions }) {
  const { t } = useTranslation();
  if (tracks.length === 0) return null;
  return (
    <label className={styles.field}>
      {t('captions.title')}
      <select
        className={styles.select}
        value={track?.language ?? ''}
        data-testid="caption-language"
        onChange={({ target }) => chooseCaptions({ language: target.value || null })}
      >
        <option value="">{t('captions.off')}</option>
        {tracks.map(({ language, label }) => (
          <option key={language} value={language}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
