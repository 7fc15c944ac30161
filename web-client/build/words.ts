import type { Plugin } from 'vite';
import { enUS } from '../src/i18n/en-US.ts';
import { ERROR_WORDS } from '../src/i18n/errors.ts';
import { isFirstWord } from '../src/i18n/first-words.ts';
import { zhCN } from '../src/i18n/zh-CN.ts';

type Words = { [key: string]: string | Words };

/** The words of one language, in two parts; see `src/i18n/first-words.ts`. */
export function words(): Plugin {
  const name = /^virtual:words\/(zh-CN|en-US)\/(first|rest)$/;
  return {
    name: 'words',
    resolveId: (source) => (name.test(source) ? `\0${source}` : null),
    load(loaded) {
      const [, language, part] = name.exec(loaded.replace('\0', '')) ?? [];
      if (!language) return null;
      const errors = Object.entries(ERROR_WORDS).map(([code, of]) => [
        code,
        language === 'zh-CN' ? of.zh : of.en,
      ]);
      const all = { ...(language === 'zh-CN' ? zhCN : enUS), error: Object.fromEntries(errors) };
      const wanted = only(all, (key) => isFirstWord(key) === (part === 'first'));
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(wanted))})`;
    },
  };
}

function only(words: Words, isWanted: (key: string) => boolean, prefix = ''): Words {
  const found: Words = {};
  for (const [name, word] of Object.entries(words)) {
    const key = prefix + name;
    if (typeof word === 'string') {
      if (isWanted(key)) found[name] = word;
      continue;
    }
    const below = only(word, isWanted, `${key}.`);
    if (Object.keys(below).length > 0) found[name] = below;
  }
  return found;
}
