import type { RouteObject } from 'react-router';

/** Every page below /admin, each a chunk of its own. What the menu shows of them is in `links.ts`. */
export const ADMIN_ROUTES: RouteObject[] = [
  {
    path: 'classrooms/:classroomId/devices',
    lazy: async () => ({ Component: (await import('../devices/DevicesPage.tsx')).DevicesPage }),
  },
  { path: 'now', lazy: async () => ({ Component: (await import('../now/NowPage.tsx')).NowPage }) },
  {
    path: 'attendance',
    lazy: async () => ({ Component: (await import('../attendance/AttendancePage.tsx')).AttendancePage }),
  },
  { index: true, lazy: async () => ({ Component: (await import('./AdminHome.tsx')).AdminHome }) },
];
