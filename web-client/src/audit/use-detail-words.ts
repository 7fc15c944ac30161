import { useTranslation } from 'react-i18next';
import { timeOf } from './entry-words.ts';

/** Every instant that the audit tells of is after 2001; no count is as large. */
const FIRST_INSTANT = 1e12;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** The words for what a line of the audit says; what has no word is said as it stands there. */
export function useDetailWords(names: Readonly<Record<string, string>>) {
  const { t, i18n } = useTranslation();
  const word = (key: string) => (i18n.exists(key) ? String(t(key as 'audit.title')) : null);
  const simple = (text: string) => /^\w+$/.test(text);
  const one = (value: unknown): string => {
    if (value === null || value === undefined || value === '') return t('audit.nothing');
    if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no');
    if (typeof value === 'number') return value > FIRST_INSTANT ? timeOf(value) : String(value);
    if (typeof value !== 'string') return JSON.stringify(value);
    if (INSTANT.test(value) && !Number.isNaN(Date.parse(value))) return timeOf(Date.parse(value));
    return (
      names[value] ??
      (simple(value) ? (word(`audit.value.${value}`) ?? word(`role.${value}`)) : null) ??
      value
    );
  };
  return {
    field: (key: string): string => (simple(key) ? word(`audit.field.${key}`) : null) ?? key,
    value: (value: unknown): string =>
      Array.isArray(value) ? value.map(one).join(t('audit.and')) : one(value),
  };
}
