import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ResourceState } from '#protocol/resource.ts';

const COLOURS: Record<ResourceState, string> = {
  draft: 'default',
  submitted: 'processing',
  schoolPassed: 'processing',
  bureauPassed: 'processing',
  published: 'success',
  withdrawn: 'warning',
};

/** Where a resource stands, in a word. */
export function StateTag({ state }: { state: ResourceState }) {
  const { t } = useTranslation();
  return (
    <Tag color={COLOURS[state]} data-state={state}>
      {t(`review.state.${state}`)}
    </Tag>
  );
}
