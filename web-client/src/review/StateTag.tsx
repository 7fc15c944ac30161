import { useTranslation } from 'react-i18next';
import type { ResourceState } from '#protocol/resource.ts';
import { Mark } from './Mark.tsx';

const KINDS = {
  draft: 'plain',
  submitted: 'going',
  schoolPassed: 'going',
  bureauPassed: 'going',
  published: 'good',
  withdrawn: 'look',
} as const satisfies Record<ResourceState, string>;

/** Where a resource stands, in a word. */
export function StateTag({ state }: { state: ResourceState }) {
  const { t } = useTranslation();
  return (
    <Mark kind={KINDS[state]} testId={`state-${state}`}>
      {t(`review.state.${state}`)}
    </Mark>
  );
}
