import type { Language } from './index.ts';

/** Languages by their own short names; never translated. */
export const LANGUAGE_NAMES: Record<Language, string> = { 'zh-CN': '中文', 'en-US': 'EN' };
