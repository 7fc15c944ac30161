import type { FeedRole } from '#protocol/domain.ts';
import type { PageErrorCode } from '../i18n/errors.ts';
import type { LocalFeed } from '../lesson/session.ts';

export interface FailedFeeds {
  code: PageErrorCode;
  roles: FeedRole[];
}

const DENIED: readonly string[] = ['CAMERA_DENIED', 'MIC_DENIED'];

/** What of one's own could not be sent; camera and microphone refused together are one thing to mend. */
export function failedFeeds(local: readonly LocalFeed[]): FailedFeeds[] {
  const failed = local.filter(({ state }) => state === 'failed');
  const denied = failed.filter(({ errorCode }) => DENIED.includes(errorCode ?? ''));
  const together = denied.length > 1 ? denied : [];
  return [
    ...(together.length > 0
      ? [{ code: 'DEVICES_DENIED' as const, roles: together.map(({ role }) => role) }]
      : []),
    ...failed
      .filter((feed) => !together.includes(feed))
      .map(({ role, errorCode }) => ({ code: errorCode ?? ('INTERNAL' as const), roles: [role] })),
  ];
}
