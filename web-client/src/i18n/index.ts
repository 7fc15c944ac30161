import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { chosenLanguage, LANGUAGES, type Language, rememberLanguage } from './chosen-language.ts';
import type { PageErrorCode } from './errors.ts';
import { wordsBackend } from './load-words.ts';
import type { zhCN } from './zh-CN.ts';

export { LANGUAGES, type Language };

/** Brings the words of this browser's language; before that nothing can be drawn. */
export async function loadLanguage(): Promise<void> {
  i18next.on('languageChanged', (language) => {
    rememberLanguage(language);
    applyToDocument();
  });
  await i18next
    .use(initReactI18next)
    .use(wordsBackend)
    .init({
      lng: chosenLanguage(),
      supportedLngs: [...LANGUAGES],
      // A second language would be fetched for nothing: both have every word.
      fallbackLng: false,
      load: 'currentOnly',
      react: { useSuspense: false },
      interpolation: { escapeValue: false },
    });
}

function applyToDocument(): void {
  document.documentElement.lang = language();
  document.title = i18next.t('product.name');
}

export function language(): Language {
  return i18next.resolvedLanguage === 'en-US' ? 'en-US' : 'zh-CN';
}

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof zhCN & { error: Record<PageErrorCode, string> } };
  }
}
