/** Languages in which lessons of the country are taught, and those that are taught in them. */
export const OFFERED = [
  'zh-CN',
  'en',
  'bo',
  'ug',
  'mn',
  'kk',
  'ko',
  'ii',
  'za',
  'ja',
  'ru',
  'fr',
  'de',
  'es',
] as const;

/** A language as a reader of `reader` calls it; its usual country goes without saying. */
export const languageName = (tag: string, reader: string): string =>
  new Intl.DisplayNames([reader], { type: 'language' }).of(new Intl.Locale(tag).minimize().toString()) ?? tag;

/** A language as it calls itself, where this browser knows; what viewers choose by. */
export function ownName(tag: string): string {
  const known = Intl.DisplayNames.supportedLocalesOf([tag]).length > 0;
  return known ? languageName(tag, tag) : languageName(tag, 'zh-CN');
}
