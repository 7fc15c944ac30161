import { type RefObject, useEffect } from 'react';
import type { LiveState } from '#protocol/live-state.ts';
import type { Act } from '../../steering/use-act.ts';
import { useUploads } from '../files/use-uploads.ts';
import { PageList } from './PageList.tsx';

interface Props {
  live: LiveState;
  act: Act;
  /** Where files may be dropped. */
  board: RefObject<HTMLElement | null>;
}

/** The teacher's pages beside the board, and the files that become some: chosen, dropped or pasted. */
export function PageDesk({ live, act, board }: Props) {
  const { uploads, send } = useUploads(live.lessonId);
  usePastedFiles(send);
  useDroppedFiles(board, send);
  return <PageList live={live} act={act} uploads={uploads} onFiles={send} />;
}

type Send = (files: Iterable<File>) => void;

/** Files may be dropped on the board instead of being looked for. */
function useDroppedFiles(board: RefObject<HTMLElement | null>, send: Send): void {
  useEffect(() => {
    const target = board.current;
    if (!target) return;
    const onDragOver = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    const onDrop = (event: DragEvent) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      send(files);
    };
    target.addEventListener('dragover', onDragOver);
    target.addEventListener('drop', onDrop);
    return () => {
      target.removeEventListener('dragover', onDragOver);
      target.removeEventListener('drop', onDrop);
    };
  }, [board, send]);
}

/** A picture of the screen comes out of the clipboard. */
function usePastedFiles(send: Send): void {
  useEffect(() => {
    const onPaste = ({ clipboardData }: ClipboardEvent) => {
      const files = [...(clipboardData?.files ?? [])];
      if (files.length > 0) send(files);
    };
    addEventListener('paste', onPaste);
    return () => removeEventListener('paste', onPaste);
  }, [send]);
}
