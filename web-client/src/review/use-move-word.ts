import { useTranslation } from 'react-i18next';
import type { HistoryLine } from '#protocol/review.ts';

const KNOWN = [
  'made',
  'edited',
  'restored',
  'catalogued',
  'submitted',
  'returned',
  'schoolPassed',
  'bureauPassed',
  'published',
  'terms',
  'withdrawn',
  'draft',
  'consent',
  'binned',
  'takenOut',
] as const;
type Known = (typeof KNOWN)[number];

/** What other parts call their changes is a change of the content to who reviews. */
const knownOf = (what: string): Known => KNOWN.find((known) => known === what) ?? 'edited';

/** A line of the history as a sentence: who did what. */
export function useMoveWord(): (line: Pick<HistoryLine, 'what' | 'byName'>) => string {
  const { t } = useTranslation();
  return ({ what, byName }) =>
    t('review.didWhat', {
      name: byName ?? t('review.platform'),
      what: t(`review.what.${knownOf(what)}`),
    });
}
