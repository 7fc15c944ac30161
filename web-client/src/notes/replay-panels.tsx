import { useCallback } from 'react';
import { mayIn } from '../api/may.ts';
import type { PanelProps } from '../replay/panels/panel-props.ts';
import { CommentsPanel } from './CommentsPanel.tsx';
import { CaptionsPanel } from './captions/CaptionsPanel.tsx';
import { NotesPanel } from './NotesPanel.tsx';
import { subjectPath } from './subject-path.ts';

/** The panels of this folder as the player's side shows them: on the time of its bar. */
function useMoment({ subject, shownMs, engine }: PanelProps) {
  const onSeek = useCallback((ms: number) => engine.seekShown(ms), [engine]);
  return { path: subjectPath(subject), timeMs: shownMs, onSeek };
}

export function ReplayCaptions(props: PanelProps) {
  const { lesson, resourceId } = props.subject;
  const edits = lesson !== null && resourceId === null && mayIn(lesson, 'caption.edit');
  return (
    <CaptionsPanel {...useMoment(props)} editorPath={edits ? `/lessons/${lesson.lessonId}/captions` : null} />
  );
}

export function ReplayNotes(props: PanelProps) {
  return <NotesPanel {...useMoment(props)} />;
}

export function ReplayComments(props: PanelProps) {
  return <CommentsPanel {...useMoment(props)} />;
}
