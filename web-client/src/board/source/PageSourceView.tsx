import type { BoardPage } from '#protocol/board-page.ts';
import { coursewarePath } from '#protocol/courseware.ts';
import type { LessonSession, LessonSnapshot } from '../../lesson/session.ts';
import { deferred } from '../../ui/deferred.tsx';
import styles from './PageSource.module.css';
import { PdfPage } from './PdfPage.tsx';

/** Few pages are clips. */
const ClipView = deferred(
  async () => (await import('./ClipView.tsx')).ClipView,
  () => null,
);

interface Props {
  session: LessonSession;
  snapshot: LessonSnapshot;
  page: BoardPage;
  /** Of the page on the screen, in device pixels; null until it is known. */
  width: number | null;
}

/** What lies under the ink of the page that is shown. */
export function PageSourceView({ session, snapshot, page, width }: Props) {
  const { lessonId, board } = snapshot.live;
  const { source, pageId } = page;
  if (source.kind === 'blank' || width === null) return null;
  const url = coursewarePath(lessonId, source.documentId, source.file);
  switch (source.kind) {
    case 'pdf': {
      const next = board.pages[board.pages.findIndex((known) => known.pageId === pageId) + 1]?.source;
      const ahead =
        next?.kind === 'pdf'
          ? { url: coursewarePath(lessonId, next.documentId, next.file), page: next.page }
          : null;
      return <PdfPage url={url} page={source.page} width={width} next={ahead} />;
    }
    case 'image':
      return <img className={styles.source} src={url} alt="" draggable={false} data-testid="board-image" />;
    case 'clip':
      return <ClipView key={pageId} session={session} snapshot={snapshot} pageId={pageId} url={url} />;
  }
}
