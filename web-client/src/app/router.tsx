import { createBrowserRouter, type RouteObject } from 'react-router';
import { ADMIN_ROUTES } from '../admin/routes.ts';
import { lessonQuery } from '../api/queries.ts';
import { queryClient } from '../api/query-client.ts';
import { allWords } from '../i18n/load-words.ts';
import { Waiting } from '../ui/Waiting.tsx';
import { BrokenPage } from './BrokenPage.tsx';
import { NotFoundPage } from './NotFoundPage.tsx';

/** A classroom's pages: their words come with the first page. */
const OF_CLASSROOMS = ['room', 'pair', 'check', 'lessons/:lessonId', 'lessons/:lessonId/check'];

/** Every other page waits for the words of all topics, while its chunk comes. */
function withWords(route: RouteObject): RouteObject {
  const { lazy, children } = route;
  if (children)
    return {
      ...route,
      ...(lazy && { lazy: afterWords(lazy) }),
      children: children.map(withWords),
    } as RouteObject;
  if (!lazy || OF_CLASSROOMS.includes(route.path ?? '')) return route;
  return { ...route, lazy: afterWords(lazy) } as RouteObject;
}

function afterWords(lazy: NonNullable<RouteObject['lazy']>): RouteObject['lazy'] {
  if (typeof lazy !== 'function') return lazy;
  return async () => (await Promise.all([lazy(), allWords()]))[0];
}

/** Every page is a chunk of its own: a classroom must not wait for the office's tables, nor the other way round. */
const ROUTES: RouteObject[] = [
  {
    errorElement: <BrokenPage />,
    hydrateFallbackElement: <Waiting />,
    children: [
      {
        lazy: async () => ({ Component: (await import('../office/OfficeLayout.tsx')).OfficeLayout }),
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import('../today/TodayPage.tsx')).TodayPage }),
          },
          {
            path: 'moderation',
            lazy: async () => ({
              Component: (await import('../moderation/ModerationPage.tsx')).ModerationPage,
            }),
          },
          {
            path: 'week',
            lazy: async () => ({ Component: (await import('../timetable/OwnWeekPage.tsx')).OwnWeekPage }),
          },
          {
            path: 'library',
            lazy: async () => ({ Component: (await import('../library/LibraryPage.tsx')).LibraryPage }),
          },
          {
            path: 'library/favourites',
            lazy: async () => ({ Component: (await import('../library/FavouritesPage.tsx')).FavouritesPage }),
          },
          {
            path: 'library/playlists',
            lazy: async () => ({ Component: (await import('../library/PlaylistsPage.tsx')).PlaylistsPage }),
          },
          {
            path: 'library/playlists/:playlistId',
            lazy: async () => ({ Component: (await import('../library/PlaylistPage.tsx')).PlaylistPage }),
          },
          {
            path: 'library/teachers/:accountId',
            lazy: async () => ({ Component: (await import('../library/ShelfPage.tsx')).TeacherPage }),
          },
          {
            path: 'library/schools/:organizationId',
            lazy: async () => ({ Component: (await import('../library/ShelfPage.tsx')).SchoolPage }),
          },
          {
            path: 'library/courses/:courseId',
            lazy: async () => ({ Component: (await import('../library/CoursePage.tsx')).CoursePage }),
          },
          {
            path: 'library/upload',
            lazy: async () => ({ Component: (await import('../intake/UploadPage.tsx')).UploadPage }),
          },
          {
            path: 'resources/mine',
            lazy: async () => ({ Component: (await import('../review/MinePage.tsx')).MinePage }),
          },
          {
            path: 'review',
            lazy: async () => ({ Component: (await import('../review/QueuePage.tsx')).QueuePage }),
          },
          {
            path: 'resources/:resourceId/review',
            lazy: async () => ({ Component: (await import('../review/ReviewPage.tsx')).ReviewPage }),
          },
          {
            path: 'lessons/:lessonId/live-stream',
            lazy: async () => ({
              Component: (await import('../live/LiveStreamPage.tsx')).LiveStreamPage,
            }),
          },
          {
            path: 'invitations',
            lazy: async () => ({
              Component: (await import('../invitation/MyInvitationsPage.tsx')).MyInvitationsPage,
            }),
          },
          {
            path: 'open',
            lazy: async () => ({ Component: (await import('../series/OpenListPage.tsx')).OpenListPage }),
          },
          {
            path: 'open/:seriesId',
            lazy: async () => ({ Component: (await import('../series/OpenSeriesPage.tsx')).OpenSeriesPage }),
          },
          {
            path: 'consent',
            lazy: async () => ({ Component: (await import('../review/ConsentPage.tsx')).ConsentPage }),
          },
          {
            path: 'retention',
            lazy: async () => ({ Component: (await import('../review/RetentionPage.tsx')).RetentionPage }),
          },
          {
            path: 'admin',
            lazy: async () => ({ Component: (await import('../admin/AdminLayout.tsx')).AdminLayout }),
            children: ADMIN_ROUTES,
          },
          {
            path: 'sign-in',
            lazy: async () => ({ Component: (await import('../sign-in/SignInPage.tsx')).SignInPage }),
          },
          {
            path: 'sign-in/link',
            lazy: async () => ({ Component: (await import('../sign-in/LinkPage.tsx')).LinkPage }),
          },
          {
            path: 'first-start',
            lazy: async () => ({ Component: (await import('../sign-in/FirstStartPage.tsx')).FirstStartPage }),
          },
          {
            path: 'account',
            lazy: async () => ({ Component: (await import('../account/AccountPage.tsx')).AccountPage }),
          },
        ],
      },
      {
        path: 'lessons/:lessonId',
        // Asked while the chunk comes.
        loader: ({ params }) => {
          void queryClient.prefetchQuery(lessonQuery(params.lessonId ?? ''));
          return null;
        },
        lazy: async () => ({ Component: (await import('../classroom/LessonPage.tsx')).LessonPage }),
      },
      {
        path: 'room',
        lazy: async () => ({ Component: (await import('../room/RoomPage.tsx')).RoomPage }),
      },
      {
        path: 'pair',
        lazy: async () => ({ Component: (await import('../pair/PairPage.tsx')).PairPage }),
      },
      {
        path: 'lessons/:lessonId/desk',
        lazy: async () => ({ Component: (await import('../desk/DeskPage.tsx')).DeskPage }),
      },
      {
        path: 'live/:lessonId',
        lazy: async () => ({ Component: (await import('../live/LivePage.tsx')).LivePage }),
      },
      {
        path: 'lessons/:lessonId/replay',
        lazy: async () => ({ Component: (await import('../replay/ReplayPage.tsx')).ReplayPage }),
      },
      {
        path: 'resources/:resourceId',
        lazy: async () => ({ Component: (await import('../replay/ResourcePage.tsx')).ResourcePage }),
      },
      {
        path: 'lessons/:lessonId/captions',
        lazy: async () => ({
          Component: (await import('../notes/editor/CaptionEditorPage.tsx')).CaptionEditorPage,
        }),
      },
      {
        path: 'resources/:resourceId/edit',
        lazy: async () => ({ Component: (await import('../editor/EditorPage.tsx')).EditorPage }),
      },
      {
        path: 'check',
        lazy: async () => ({ Component: (await import('../check/CheckPage.tsx')).CheckPage }),
      },
      {
        path: 'lessons/:lessonId/check',
        lazy: async () => ({ Component: (await import('../check/CheckPage.tsx')).CheckPage }),
      },
      { path: '*', element: <NotFoundPage /> },
    ],
  },
];

/** Begins with the address as it is now: its page's chunks are asked for at once. */
export const openRouter = () => createBrowserRouter(ROUTES.map(withWords));
