import type { PairingSlotDraft } from '#protocol/pairing.ts';

const WEEKDAYS = '一二三四五六日';
const DIGITS = '一二三四五六七八九十';
const ONE =
  /(?:周|星期|礼拜)?([一二三四五六日天1-7])[ ]*第?[ ]*(\d{1,2}|十?[一二三四五六七八九]|十)[ ]*节?[ ]*[（(]?(单周|双周|单|双)?[）)]?/gu;

/** '周二第3节、周四第1节单周' as slots without a course; null when anything of it is not understood. */
export function timesIn(text: string): Omit<PairingSlotDraft, 'courseId'>[] | null {
  const slots: Omit<PairingSlotDraft, 'courseId'>[] = [];
  const rest = text.normalize('NFKC').replace(ONE, (_, weekday: string, period: string, weeks?: string) => {
    slots.push({
      weekday: WEEKDAYS.indexOf(weekday === '天' ? '日' : weekday) + 1 || Number(weekday),
      period: numberOf(period),
      weeks: weeks?.startsWith('单') ? 'odd' : weeks?.startsWith('双') ? 'even' : 'all',
    });
    return '';
  });
  const understood = /^[\s、,;。/和]*$/u.test(rest);
  return understood && slots.length > 0 && slots.every(({ period }) => period >= 1 && period <= 20)
    ? slots
    : null;
}

function numberOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  if (text.length === 2) return 10 + DIGITS.indexOf(text[1]!) + 1;
  return DIGITS.indexOf(text) + 1;
}
