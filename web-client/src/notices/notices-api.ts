import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { NoticePage, type NoticesRead, NoticesUnread } from '#protocol/notice.ts';
import { call } from '../api/call.ts';

/** How many notices are unread: asked once, afterwards the office's line says it. */
export const unreadQuery = queryOptions({
  queryKey: ['notices-unread'],
  queryFn: async () => (await call(NoticePage, '/api/notices')).unread,
  staleTime: Number.POSITIVE_INFINITY,
});

/** One's notices, the newest first, page by page. */
export const noticesQuery = infiniteQueryOptions({
  queryKey: ['notices'],
  queryFn: ({ pageParam }) => call(NoticePage, `/api/notices${pageParam ? `?before=${pageParam}` : ''}`),
  initialPageParam: '',
  getNextPageParam: ({ notices, more }: NoticePage) => (more ? notices.at(-1)?.noticeId : undefined),
});

export const readNotices = (which: NoticesRead) =>
  call(NoticesUnread, '/api/notices/read', { method: 'POST', body: which });
