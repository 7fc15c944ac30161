/** What only who turns the pages has, for a chunk of its own. */
export { PageDesk } from './pages/PageDesk.tsx';
export { WritersButton } from './WritersButton.tsx';
