import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_NOTE, type StudyNote } from '#protocol/notes.ts';
import { ApiError } from '../api/api-error.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { SharedText } from '../ui/SharedText.tsx';
import { duration } from '../ui/time.ts';
import { MomentComposer } from './MomentComposer.tsx';
import styles from './Notes.module.css';
import { notesApi, notesQuery } from './notes-api.ts';
import { useUndo } from './use-undo.tsx';

interface Props {
  path: string;
  /** The subject's own time, ms. */
  timeMs: number;
  onSeek: (ms: number) => void;
}

/** One's own notes, each at its second; nobody else sees them. */
export function NotesPanel({ path, timeMs, onSeek }: Props) {
  const { t } = useTranslation();
  const { data: notes, error } = useQuery(notesQuery(path));
  const queries = useQueryClient();
  const again = () => queries.invalidateQueries({ queryKey: ['notes', path] });
  const { undoNote, offer } = useUndo();
  const [edited, setEdited] = useState<string | null>(null);
  const [failed, setFailed] = useState<ApiError | null>(null);
  const run = (work: Promise<unknown>) =>
    work
      .then(() => setFailed(null))
      .catch((reason: unknown) => setFailed(ApiError.from(reason)))
      .finally(again);
  const remove = (note: StudyNote) =>
    void run(
      notesApi.removeNote(path, note.noteId).then(() =>
        offer({
          word: t('studyNotes.removed'),
          undo: () => void run(notesApi.restoreNote(path, note.noteId)),
        }),
      ),
    );
  const failure = error ?? failed;
  return (
    <div className={styles.panel}>
      <MomentComposer
        timeMs={timeMs}
        placeholder={t('studyNotes.placeholder')}
        word={(at) => t('studyNotes.save', { at })}
        maxLength={MAX_NOTE}
        testId="note-text"
        onSave={(atMs, text) => notesApi.addNote(path, { atMs, text }).then(again)}
      />
      {undoNote}
      {failure && <ErrorNote code={ApiError.from(failure).code} />}
      {notes && notes.length > 0 && (
        <div className={styles.tools}>
          <span className={styles.hint}>{t('studyNotes.count', { count: notes.length })}</span>
          <a className={styles.link} href={`${path}/notes.md`} download>
            {t('studyNotes.export')}
          </a>
        </div>
      )}
      {notes?.length === 0 && <p className={styles.hint}>{t('studyNotes.empty')}</p>}
      <ol className={styles.lines} data-testid="notes">
        {notes?.map((note) => (
          <li key={note.noteId} className={styles.line}>
            {edited === note.noteId ? (
              <MomentComposer
                timeMs={timeMs}
                begun={{ atMs: note.atMs ?? 0, text: note.text }}
                placeholder={t('studyNotes.placeholder')}
                word={() => t('studyNotes.change')}
                maxLength={MAX_NOTE}
                testId="note-edit"
                onSave={async (atMs, text) => {
                  await notesApi.changeNote(path, note.noteId, { atMs, text });
                  setEdited(null);
                  await again();
                }}
                onCancel={() => setEdited(null)}
              />
            ) : (
              <>
                {note.atMs === null ? (
                  <span className={styles.hint}>{t('studyNotes.cutOut')}</span>
                ) : (
                  <button type="button" className={styles.when} onClick={() => onSeek(note.atMs ?? 0)}>
                    {duration(note.atMs)}
                  </button>
                )}
                <p>
                  <SharedText text={note.text} lines />
                </p>
                <div className={styles.acts}>
                  <button type="button" className={styles.act} onClick={() => setEdited(note.noteId)}>
                    {t('studyNotes.edit')}
                  </button>
                  <button type="button" className={styles.act} onClick={() => remove(note)}>
                    {t('studyNotes.remove')}
                  </button>
                </div>
              </>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}
