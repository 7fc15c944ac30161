import { warmUp } from '../lesson/warm-up.ts';

/** The classroom's pages as chunks of their own; asking early makes the one tap from the timetable fast. */
export const loadPresenterPage = () => import('../presenter/PresenterPage.tsx');
export const loadRemotePage = () => import('../remote/RemotePage.tsx');

/** Fetches what a lesson's page needs before anybody asks for it. */
export function preloadClassroom(role: string): void {
  const loading = role === 'presenter' ? loadPresenterPage() : loadRemotePage();
  // A chunk that does not come now is asked for again, with words, when the page is opened.
  Promise.all([loading, import('./LessonPage.tsx')]).catch(() => {});
  void warmUp();
}
