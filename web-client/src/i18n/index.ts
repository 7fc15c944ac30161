import i18next from 'i18next';
import LanguageDetector from 'i18next-browser-languagedetector';
import { initReactI18next } from 'react-i18next';
import { enUS } from './en-US.ts';
import { ERROR_WORDS, type PageErrorCode } from './errors.ts';
import { zhCN } from './zh-CN.ts';

export const LANGUAGES = ['zh-CN', 'en-US'] as const;
export type Language = (typeof LANGUAGES)[number];

const errorsIn = (language: 'zh' | 'en') =>
  Object.fromEntries(Object.entries(ERROR_WORDS).map(([code, words]) => [code, words[language]])) as Record<
    PageErrorCode,
    string
  >;

/** Any tag of a language we have as the one we have of it; others stay and are not supported. */
function ours(tag: string): string {
  if (/^zh\b/i.test(tag)) return 'zh-CN';
  if (/^en\b/i.test(tag)) return 'en-US';
  return tag;
}

await i18next
  .use(LanguageDetector)
  .use(initReactI18next)
  .init({
    resources: {
      'zh-CN': { translation: { ...zhCN, error: errorsIn('zh') } },
      'en-US': { translation: { ...enUS, error: errorsIn('en') } },
    },
    supportedLngs: [...LANGUAGES],
    fallbackLng: 'zh-CN',
    detection: {
      order: ['localStorage', 'navigator'],
      caches: ['localStorage'],
      convertDetectedLanguage: ours,
    },
    interpolation: { escapeValue: false },
  });

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
