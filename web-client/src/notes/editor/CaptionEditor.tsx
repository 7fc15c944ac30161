import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Caption, CaptionReport } from '#protocol/caption.ts';
import type { Replay } from '#protocol/rest.ts';
import { ApiError } from '../../api/api-error.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import { indexAt } from '../captions/cue-search.ts';
import { CueCard } from './CueCard.tsx';
import { CueTable } from './CueTable.tsx';
import { addCue, type Edited } from './cue-edit.ts';
import styles from './Editor.module.css';
import { EditorPicture } from './EditorPicture.tsx';
import { FileButton } from './FileButton.tsx';
import { ImportReport } from './ImportReport.tsx';
import { SaveMark } from './SaveMark.tsx';
import { ShiftRow } from './ShiftRow.tsx';
import { useCueEditor } from './use-cue-editor.ts';
import { useEditorKeys } from './use-editor-keys.ts';
import { useEditorPlayer } from './use-editor-player.ts';
import { useFileDrop } from './use-file-drop.ts';

interface Props {
  path: string;
  replay: Replay;
  caption: Caption;
}

/** One language of a lesson's captions: the picture and the cue that is worked on, beside all of them. */
export function CaptionEditor({ path, replay, caption }: Props) {
  const { t } = useTranslation();
  const player = useEditorPlayer(replay);
  const editor = useCueEditor(path, caption);
  const { history, dispatch, save } = editor;
  const { cues, at } = history;
  const { timeMs, playing } = player.snapshot;
  const text = useRef<HTMLTextAreaElement>(null);
  const card = useRef<HTMLDivElement>(null);
  const [report, setReport] = useState<(CaptionReport & { cues: number }) | null>(null);
  const [failed, setFailed] = useState<ApiError | null>(null);
  const now = indexAt(cues, timeMs);

  const edit = (edited: Edited | null, typing?: string) =>
    edited && dispatch({ type: 'edit', edited, ...(typing !== undefined && { typing }) });
  const choose = (place: number) => {
    const cue = cues[place];
    if (!cue) return;
    dispatch({ type: 'choose', at: place });
    player.goTo(cue.startMs);
  };
  const add = () => {
    edit(addCue(cues, timeMs, ''));
    requestAnimationFrame(() => text.current?.focus());
  };
  const take = (file: File) => {
    setFailed(null);
    editor
      .importFile(file)
      .then(setReport)
      .catch((error: unknown) => setFailed(ApiError.from(error)));
  };
  useFileDrop(take);
  // Whoever listens has before them what is said; whoever writes keeps what they write.
  useEffect(() => {
    if (playing && now >= 0 && !card.current?.contains(document.activeElement))
      dispatch({ type: 'choose', at: now });
  }, [playing, now, dispatch]);
  useEditorKeys({
    onPlay: player.toggle,
    onPlayCue: () => cues[at] && player.playBetween(cues[at].startMs, cues[at].endMs),
    onMove: (step) => choose(Math.max(0, Math.min(cues.length - 1, at + step))),
    onUndo: () => dispatch({ type: 'undo' }),
    onRedo: () => dispatch({ type: 'redo' }),
    onSave: editor.saveNow,
    onAdd: add,
  });
  return (
    <div className={styles.editor}>
      <div className={styles.left}>
        <EditorPicture replay={replay} player={player} cues={cues} language={caption.language} />
        <div ref={card}>
          {at >= 0 && <CueCard cues={cues} at={at} player={player} text={text} onEdit={edit} />}
        </div>
        <p className={styles.keys}>{t('captions.editor.keys')}</p>
      </div>
      <div className={styles.right}>
        <div className={styles.tools}>
          <Button kind="primary" data-testid="cue-add" onClick={add}>
            {t('captions.editor.addCue')}
          </Button>
          <Button
            disabled={history.past.length === 0}
            data-testid="undo-edit"
            onClick={() => dispatch({ type: 'undo' })}
          >
            {t('captions.editor.undo')}
          </Button>
          <Button disabled={history.future.length === 0} onClick={() => dispatch({ type: 'redo' })}>
            {t('captions.editor.redo')}
          </Button>
          <FileButton onFile={take} />
          <SaveMark save={save} onSettle={editor.settle} onAgain={editor.saveNow} />
        </div>
        {failed && (
          <p className={styles.failed}>
            <ErrorNote code={failed.code} />
          </p>
        )}
        {report && <ImportReport report={report} onClose={() => setReport(null)} />}
        {cues.length === 0 ? (
          <p className={styles.hint}>{t('captions.editor.noCues')}</p>
        ) : (
          <>
            <ShiftRow cues={cues} at={at} onEdit={edit} />
            <CueTable
              cues={cues}
              at={at}
              now={now}
              language={caption.language}
              onChoose={choose}
              onOpen={() => text.current?.focus()}
            />
          </>
        )}
      </div>
    </div>
  );
}
