import { useTranslation } from 'react-i18next';
import { LANGUAGES } from '../i18n/index.ts';
import { LANGUAGE_NAMES } from '../i18n/language-names.ts';
import styles from './LanguageSwitch.module.css';

/** Each language under its own name, so that whoever is lost in the other finds it. */
export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this is a pair of toggle buttons
    <div className={styles.switch} role="group" aria-label={t('common.language')}>
      {LANGUAGES.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          className={styles.choice}
          aria-pressed={i18n.resolvedLanguage === language}
          onClick={() => void i18n.changeLanguage(language)}
        >
          {LANGUAGE_NAMES[language]}
        </button>
      ))}
    </div>
  );
}
