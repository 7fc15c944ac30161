import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pageShown } from '#protocol/board.ts';
import { BoardView } from '../board/BoardView.tsx';
import { Drawing } from '../board/drawing.ts';
import { PageSourceView } from '../board/source/PageSourceView.tsx';
import type { LessonSession, LessonSnapshot } from '../lesson/session.ts';
import styles from './Desk.module.css';

interface Props {
  session: LessonSession;
  snapshot: LessonSnapshot;
}

const ignored = () => {};

/** The board as a picture among others: only looked at. */
export function BoardPicture({ session, snapshot }: Props) {
  const { t } = useTranslation();
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  useEffect(() => {
    const made = new Drawing(session, ignored);
    setDrawing(made);
    return () => made.close();
  }, [session]);
  const page = pageShown(snapshot.live.board);
  if (!page || !drawing) return <p className={styles.empty}>{t('desk.boardEmpty')}</p>;
  return (
    <div className={styles.board}>
      <BoardView
        page={page}
        drawing={drawing}
        tool={null}
        under={(width) => <PageSourceView session={session} snapshot={snapshot} page={page} width={width} />}
      />
    </div>
  );
}
