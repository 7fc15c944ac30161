import type { BackendModule } from 'i18next';
import i18next from 'i18next';
import { chosenLanguage } from './chosen-language.ts';
import { merged, type Words } from './merged.ts';

type Load = () => Promise<{ default: Words }>;

/** One language at a time, in two parts; see `first-words.ts`. */
const FIRST: Record<string, Load> = {
  'zh-CN': () => import('virtual:words/zh-CN/first'),
  'en-US': () => import('virtual:words/en-US/first'),
};
const REST: Record<string, Load> = {
  'zh-CN': () => import('virtual:words/zh-CN/rest'),
  'en-US': () => import('virtual:words/en-US/rest'),
};

let restIsWanted = false;

async function read(language: string): Promise<Words> {
  const parts = [FIRST[language], restIsWanted ? REST[language] : undefined];
  const loaded = await Promise.all(parts.map((load) => load?.()));
  return loaded.reduce((all, part) => merged(all, part?.default ?? {}), {} as Words);
}

/** Fetches a language's words when it is first chosen. */
export const wordsBackend: BackendModule = {
  type: 'backend',
  init() {},
  read: (language, _namespace, done) => {
    read(language).then(
      (words) => done(null, words as never),
      (error: Error) => done(error, null),
    );
  },
};

let asked: Promise<void> | null = null;

/** For every page but a classroom's: the words of all topics are there when this resolves. */
export function allWords(): Promise<void> {
  asked ??= addRest().catch((error: unknown) => {
    asked = null;
    throw error;
  });
  return asked;
}

async function addRest(): Promise<void> {
  restIsWanted = true;
  // A page may be on its way before the first words are there.
  const language = i18next.resolvedLanguage ?? chosenLanguage();
  const words = await REST[language]?.();
  i18next.addResourceBundle(language, 'translation', words?.default ?? {}, true, true);
}
