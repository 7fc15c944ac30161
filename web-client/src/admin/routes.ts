import type { RouteObject } from 'react-router';

/** Every page below /admin, each a chunk of its own. What the menu shows of them is in `links.ts`. */
export const ADMIN_ROUTES: RouteObject[] = [
  {
    path: 'roster',
    lazy: async () => ({ Component: (await import('../roster/RosterPage.tsx')).RosterPage }),
  },
  {
    path: 'organizations',
    lazy: async () => ({ Component: (await import('../directory/OrganizationsPage.tsx')).OrganizationsPage }),
  },
  {
    path: 'people',
    lazy: async () => ({ Component: (await import('../directory/PeoplePage.tsx')).PeoplePage }),
  },
  {
    path: 'classrooms',
    lazy: async () => ({ Component: (await import('../directory/ClassroomsPage.tsx')).ClassroomsPage }),
  },
  {
    path: 'class-groups',
    lazy: async () => ({ Component: (await import('../directory/ClassGroupsPage.tsx')).ClassGroupsPage }),
  },
  {
    path: 'courses',
    lazy: async () => ({ Component: (await import('../directory/CoursesPage.tsx')).CoursesPage }),
  },
  {
    path: 'reference',
    lazy: async () => ({ Component: (await import('../directory/ReferencePage.tsx')).ReferencePage }),
  },
  {
    path: 'classrooms/:classroomId/devices',
    lazy: async () => ({ Component: (await import('../devices/DevicesPage.tsx')).DevicesPage }),
  },
  {
    path: 'timetable',
    loader: async ({ request }) => {
      const { askWeekAhead } = await import('../timetable/timetable-api.ts');
      void askWeekAhead(request.url);
      return null;
    },
    lazy: async () => ({ Component: (await import('../timetable/TimetablePage.tsx')).TimetablePage }),
  },
  {
    path: 'local-lessons',
    lazy: async () => ({ Component: (await import('../timetable/LocalLessonsPage.tsx')).LocalLessonsPage }),
  },
  {
    path: 'terms',
    lazy: async () => ({ Component: (await import('../terms/TermsPage.tsx')).TermsPage }),
  },
  {
    path: 'terms/:termId',
    lazy: async () => ({ Component: (await import('../terms/TermPage.tsx')).TermPage }),
  },
  {
    path: 'bells',
    lazy: async () => ({ Component: (await import('../bells/BellsPage.tsx')).BellsPage }),
  },
  {
    path: 'bells/:organizationId',
    lazy: async () => ({ Component: (await import('../bells/SchoolBellsPage.tsx')).SchoolBellsPage }),
  },
  {
    path: 'pairings',
    lazy: async () => ({ Component: (await import('../pairings/PairingsPage.tsx')).PairingsPage }),
  },
  {
    path: 'pairings/new',
    lazy: async () => ({ Component: (await import('../pairings/PairingFormPage.tsx')).PairingFormPage }),
  },
  {
    path: 'pairings/:pairingId',
    lazy: async () => ({ Component: (await import('../pairings/PairingPage.tsx')).PairingPage }),
  },
  {
    path: 'pairings/:pairingId/edit',
    lazy: async () => ({ Component: (await import('../pairings/PairingFormPage.tsx')).PairingFormPage }),
  },
  { path: 'now', lazy: async () => ({ Component: (await import('../now/NowPage.tsx')).NowPage }) },
  {
    path: 'invitations',
    lazy: async () => ({ Component: (await import('../invitation/InvitationsPage.tsx')).InvitationsPage }),
  },
  {
    path: 'series',
    lazy: async () => ({ Component: (await import('../series/SeriesPage.tsx')).SeriesPage }),
  },
  {
    path: 'attendance',
    lazy: async () => ({ Component: (await import('../attendance/AttendancePage.tsx')).AttendancePage }),
  },
  { path: 'audit', lazy: async () => ({ Component: (await import('../audit/AuditPage.tsx')).AuditPage }) },
  {
    path: 'passwords',
    lazy: async () => ({ Component: (await import('../account/PolicyPage.tsx')).PolicyPage }),
  },
  { index: true, lazy: async () => ({ Component: (await import('./AdminHome.tsx')).AdminHome }) },
  { path: 'start', lazy: async () => ({ Component: (await import('../guide/StartPage.tsx')).StartPage }) },
];
