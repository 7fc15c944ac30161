import type { TFunction } from 'i18next';

/** 1.8 Mbit/s from one on, 640 kbit/s below. */
export function rateWords(t: TFunction, kbps: number): string {
  return kbps >= 1000
    ? t('check.facts.mbps', { value: (kbps / 1000).toFixed(1) })
    : t('check.facts.kbps', { value: Math.round(kbps) });
}
