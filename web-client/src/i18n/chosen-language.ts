export const LANGUAGES = ['zh-CN', 'en-US'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Where this browser remembers which one was chosen. */
const KEY = 'i18nextLng';

/** Any tag of a language we have as the one we have of it. */
function ours(tag: string): Language | null {
  if (/^zh\b/i.test(tag)) return 'zh-CN';
  return /^en\b/i.test(tag) ? 'en-US' : null;
}

/** What was chosen here, else what the browser speaks; one that speaks neither reads what most people here do. */
export function chosenLanguage(): Language {
  const tags = [remembered() ?? '', ...navigator.languages];
  return tags.map(ours).find((language) => language !== null) ?? 'zh-CN';
}

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // Where nothing may be stored it is the browser's language every time.
    return null;
  }
}

export function rememberLanguage(language: string): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // As above.
  }
}
