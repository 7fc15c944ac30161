import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pageShown } from '#protocol/board.ts';
import type { PageErrorCode } from '../i18n/errors.ts';
import type { LessonSession, LessonSnapshot } from '../lesson/session.ts';
import { useAct } from '../steering/use-act.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { BoardTools } from './BoardTools.tsx';
import { BoardView } from './BoardView.tsx';
import { Drawing } from './drawing.ts';
import styles from './MainBoard.module.css';
import { mayDrawNow, maySteerBoard } from './may-draw.ts';
import { PageSourceView } from './source/PageSourceView.tsx';
import { PageDesk, WritersButton } from './steered.tsx';
import { firstTool, type Tool } from './tool.ts';
import { useBoardKeys } from './use-board-keys.ts';

const ERROR_SHOWN_MS = 8_000;

interface Props {
  session: LessonSession;
  snapshot: LessonSnapshot;
}

/** The board as the large picture of a page: what everybody sees, and around it what this page's user may do. */
export function MainBoard({ session, snapshot }: Props) {
  const { t } = useTranslation();
  const { live, me, phase } = snapshot;
  const [error, setError] = useState<PageErrorCode | null>(null);
  const [tool, setTool] = useState<Tool>(() => firstTool(maySteerBoard(me)));
  const drawing = useDrawing(session, setError);
  const page = pageShown(live.board);
  const steers = maySteerBoard(me);
  const draws = mayDrawNow(live, me);
  useEffect(() => {
    if (phase === 'joined') drawing?.lineIsBack();
  }, [phase, drawing]);
  useEffect(() => {
    const timer = error && setTimeout(() => setError(null), ERROR_SHOWN_MS);
    return () => clearTimeout(timer ?? undefined);
  }, [error]);
  const act = useAct(session, setError);
  const onPage = (type: 'board.undo' | 'board.redo' | 'board.clear') => {
    if (page) void act(type, { pageId: page.pageId });
  };
  useBoardKeys({
    pages: live.board.pages,
    pageId: live.board.pageId,
    onTurn: steers ? (pageId) => void act('board.turn', { pageId }) : null,
    onUndo: draws ? () => onPage('board.undo') : null,
    onRedo: draws ? () => onPage('board.redo') : null,
    onTool: draws ? (name) => setTool({ ...tool, name }) : null,
  });
  const board = useRef<HTMLElement>(null);
  const own = me?.participantId;
  return (
    <section ref={board} className={styles.board} aria-label={t('board.title')} data-testid="main-board">
      <div className={styles.middle}>
        {steers && <PageDesk live={live} act={act} board={board} />}
        {page && drawing ? (
          <BoardView
            page={page}
            drawing={drawing}
            tool={draws ? tool : null}
            under={(width) => (
              <PageSourceView session={session} snapshot={snapshot} page={page} width={width} />
            )}
          />
        ) : (
          <p className={styles.empty}>{t(steers ? 'board.emptyDesk' : 'board.empty')}</p>
        )}
      </div>
      {error && <ErrorNote code={error} />}
      {draws && page && (
        <BoardTools
          tool={tool}
          onTool={setTool}
          onUndo={() => onPage('board.undo')}
          onRedo={() => onPage('board.redo')}
          canUndo={page.done.some(({ by }) => by === own)}
          canRedo={page.undone.some(({ by }) => by === own)}
          onClear={steers ? () => onPage('board.clear') : null}
        >
          {steers && <WritersButton live={live} act={act} />}
        </BoardTools>
      )}
    </section>
  );
}

function useDrawing(session: LessonSession, onError: (code: PageErrorCode) => void): Drawing | null {
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  useEffect(() => {
    const made = new Drawing(session, onError);
    setDrawing(made);
    return () => made.close();
  }, [session, onError]);
  return drawing;
}
