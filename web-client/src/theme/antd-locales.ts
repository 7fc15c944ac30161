import type { ConfigProviderProps } from 'antd';
import enUS from 'antd/es/locale/en_US.js';
import zhCN from 'antd/es/locale/zh_CN.js';
import type { Language } from '../i18n/index.ts';

type Locale = NonNullable<ConfigProviderProps['locale']>;

// antd ships ES modules without saying so in its package.json, so the types take them for CommonJS.
const locale = (module: unknown) => module as Locale;

/** antd's own words (pickers, empty tables) in our languages. */
export const ANTD_LOCALES: Record<Language, Locale> = { 'zh-CN': locale(zhCN), 'en-US': locale(enUS) };
