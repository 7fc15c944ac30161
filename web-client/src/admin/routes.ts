import type { RouteObject } from 'react-router';

/** Every page below /admin, each a chunk of its own. What the menu shows of them is in `links.ts`. */
export const ADMIN_ROUTES: RouteObject[] = [
  { index: true, lazy: async () => ({ Component: (await import('./AdminHome.tsx')).AdminHome }) },
];
