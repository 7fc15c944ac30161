import { useTranslation } from 'react-i18next';
import { type Language, language } from '../i18n/index.ts';

/** The page's language, for dates and numbers; the component is drawn anew when it changes. */
export function useLanguage(): Language {
  useTranslation();
  return language();
}
