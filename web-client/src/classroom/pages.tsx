import { allWords } from '../i18n/load-words.ts';
import { deferred } from '../ui/deferred.tsx';
import { Waiting } from '../ui/Waiting.tsx';

const Opening = () => <Waiting page="stage" />;

/** A remote classroom's words are there from the first page on; the teacher's side says more. */
const withWords = async <T,>(page: Promise<T>): Promise<T> => (await Promise.all([page, allWords()]))[0];

export const PresenterPage = deferred(
  async () => (await withWords(import('../presenter/PresenterPage.tsx'))).PresenterPage,
  Opening,
);
export const AssistantPage = deferred(
  async () => (await withWords(import('../assistant/AssistantPage.tsx'))).AssistantPage,
  Opening,
);

const PAGES: Record<string, { preload(): Promise<unknown> }> = {
  presenter: PresenterPage,
  assistant: AssistantPage,
};

/** Fetches what a lesson's page needs before anybody asks for it: the tap from the timetable is then fast. */
export function preloadClassroom(role: string): void {
  // A chunk that does not come now is asked for again, with words, when the page is opened.
  Promise.all([PAGES[role]?.preload(), import('./LessonPage.tsx')]).catch(() => {});
  import('../lesson/device.ts').then(({ warmUp }) => warmUp()).catch(() => {});
}
