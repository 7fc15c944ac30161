import { useTranslation } from 'react-i18next';
import { type AnswerValue, MAX_OPTIONS, type Question } from '#protocol/asking.ts';

/** A, B, C … */
export const letterOf = (index: number): string => String.fromCharCode('A'.charCodeAt(0) + index);
export const letters = (count: number): string =>
  Array.from({ length: count }, (_, at) => letterOf(at)).join(' ');

/** Which option a key of a remote control or keyboard means: 1 to 6 or A to F; null when none. */
export function optionOfKey(key: string, count: number): number | null {
  const index = /^[1-9]$/.test(key) ? Number(key) - 1 : key.toUpperCase().charCodeAt(0) - 'A'.charCodeAt(0);
  return key.length === 1 && index >= 0 && index < Math.min(count, MAX_OPTIONS) ? index : null;
}

export const optionCount = (question: Question): number =>
  question.kind === 'choice' ? question.options.length : 2;

/** What an answer is called in one short line. */
export function useAnswerWord(): (value: AnswerValue) => string {
  const { t } = useTranslation();
  return (value) => {
    switch (value.kind) {
      case 'choice':
        return value.picks.map(letterOf).join('');
      case 'trueFalse':
        return t(value.value ? 'asking.yes' : 'asking.no');
      case 'number':
        return String(value.value);
      case 'shortText':
        return value.text;
      case 'photo':
        return t('asking.kind.photo');
      case 'hands':
        return value.counts.join(' · ');
    }
  };
}
