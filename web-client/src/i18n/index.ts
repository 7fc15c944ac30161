import i18next from 'i18next';
import LanguageDetector from 'i18next-browser-languagedetector';
import { initReactI18next } from 'react-i18next';
import type { PageErrorCode } from './errors.ts';
import { wordsBackend } from './load-words.ts';
import type { zhCN } from './zh-CN.ts';

export const LANGUAGES = ['zh-CN', 'en-US'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Any tag of a language we have as the one we have of it; others stay and are not supported. */
function ours(tag: string): string {
  if (/^zh\b/i.test(tag)) return 'zh-CN';
  if (/^en\b/i.test(tag)) return 'en-US';
  return tag;
}

await i18next
  .use(LanguageDetector)
  .use(initReactI18next)
  .use(wordsBackend)
  .init({
    supportedLngs: [...LANGUAGES],
    // A second language would be fetched for nothing: both have every word.
    fallbackLng: false,
    load: 'currentOnly',
    react: { useSuspense: false },
    detection: {
      order: ['localStorage', 'navigator'],
      caches: ['localStorage'],
      convertDetectedLanguage: ours,
    },
    interpolation: { escapeValue: false },
  });

// A browser that speaks neither reads what most people here do.
if (!i18next.resolvedLanguage) await i18next.changeLanguage('zh-CN');

function applyToDocument(): void {
  document.documentElement.lang = language();
  document.title = i18next.t('product.name');
}

export function language(): Language {
  return i18next.resolvedLanguage === 'en-US' ? 'en-US' : 'zh-CN';
}

i18next.on('languageChanged', applyToDocument);
applyToDocument();

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof zhCN & { error: Record<PageErrorCode, string> } };
  }
}
