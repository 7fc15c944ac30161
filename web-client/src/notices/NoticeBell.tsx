import { IconBell } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Badge, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '#protocol/domain.ts';
import { measure, space } from '../theme/tokens.ts';
import { deferred } from '../ui/deferred.tsx';
import { unreadQuery } from './notices-api.ts';
import { useOfficeLine } from './use-office-line.ts';

const NoticeDrawer = deferred(
  async () => (await import('./NoticeDrawer.tsx')).NoticeDrawer,
  () => null,
);

/** In the office's header: how much is new, and the way to it. */
export function NoticeBell({ account }: { account: Account }) {
  const { t } = useTranslation();
  useOfficeLine(account);
  const { data: unread = 0 } = useQuery(unreadQuery);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Badge count={unread} size="small" offset={[-space[1], space[1]]} aria-hidden="true">
        <Button
          type="text"
          icon={<IconBell size={measure.icon} stroke={1.5} />}
          aria-label={unread > 0 ? t('notices.bell', { count: unread }) : t('notices.title')}
          title={t('notices.title')}
          data-testid="notices"
          data-unread={unread}
          onPointerEnter={() => void NoticeDrawer.preload()}
          onClick={() => setOpen(true)}
        />
      </Badge>
      {open && <NoticeDrawer unread={unread} onClose={() => setOpen(false)} />}
    </>
  );
}
