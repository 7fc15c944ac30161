import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Drawer, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Notice, NoticesRead } from '#protocol/notice.ts';
import { EmptyNote } from '../admin/kit/EmptyNote.tsx';
import { usePhone } from '../admin/kit/use-phone.ts';
import { ApiError } from '../api/api-error.ts';
import { measure } from '../theme/tokens.ts';
import { join } from '../ui/class-names.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { clockTime, longDate, midnight } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './Notices.module.css';
import { noticesQuery, readNotices, unreadQuery } from './notices-api.ts';
import { useNoticeWords } from './use-notice-words.ts';

/** What one was told, the newest first; what is touched is read, and leads to where it happened. */
export function NoticeDrawer({ unread, onClose }: { unread: number; onClose(): void }) {
  const { t } = useTranslation();
  const phone = usePhone();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(noticesQuery);
  const notices = data?.pages.flatMap((page) => page.notices) ?? [];
  const newest = notices[0];
  const read = useMutation({
    mutationFn: (which: NoticesRead) => readNotices(which),
    onSuccess: async ({ unread: left }) => {
      queries.setQueryData(unreadQuery.queryKey, left);
      await queries.invalidateQueries({ queryKey: noticesQuery.queryKey });
    },
  });
  const follow = ({ noticeId, readAt }: Notice, to: string | null) => {
    if (readAt === null) read.mutate({ noticeIds: [noticeId] });
    if (to === null) return;
    onClose();
    void navigate(to);
  };
  const failed = error ?? read.error;
  return (
    <Drawer
      open
      title={t('notices.title')}
      size={phone ? '100%' : measure.adminDrawer}
      onClose={onClose}
      extra={
        <Button
          disabled={unread === 0 || !newest}
          loading={read.isPending}
          data-testid="read-all"
          onClick={() => newest && read.mutate({ upTo: newest.noticeId })}
        >
          {t('notices.readAll')}
        </Button>
      }
    >
      {failed && <Alert type="warning" showIcon title={<ErrorNote code={ApiError.from(failed).code} />} />}
      {!data && !error && <Skeleton active />}
      {data && notices.length === 0 && <EmptyNote title={t('notices.empty')} hint={t('notices.emptyHint')} />}
      <ul className={styles.list} data-testid="notice-list">
        {notices.map((notice) => (
          <NoticeLine key={notice.noticeId} notice={notice} onFollow={follow} />
        ))}
      </ul>
      {hasNextPage && (
        <Button block loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('notices.older')}
        </Button>
      )}
    </Drawer>
  );
}

interface LineProps {
  notice: Notice;
  onFollow(notice: Notice, to: string | null): void;
}

function NoticeLine({ notice, onFollow }: LineProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { title, lines, to } = useNoticeWords()(notice);
  const { at, byName, readAt } = notice;
  const isToday = at >= midnight(Date.now());
  const when = isToday ? clockTime(at, language) : `${longDate(at, language)} ${clockTime(at, language)}`;
  return (
    <li>
      <button
        type="button"
        className={join(styles.notice, readAt === null && styles.unread)}
        data-read={readAt !== null}
        onClick={() => onFollow(notice, to)}
      >
        <strong className={styles.title}>
          {title}
          {readAt === null && <span className={styles.hidden}> {t('notices.unread')}</span>}
        </strong>
        {lines.map((line) => (
          <span key={line} className={styles.line}>
            {line}
          </span>
        ))}
        <span className={styles.by}>
          {byName ?? t('notices.platform')} · {isToday && t('notices.today')} {when}
        </span>
      </button>
    </li>
  );
}
