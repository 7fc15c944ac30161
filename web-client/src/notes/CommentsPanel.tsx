import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_COMMENT, type TimedComment } from '#protocol/notes.ts';
import { ApiError } from '../api/api-error.ts';
import { join } from '../ui/class-names.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { SharedText } from '../ui/SharedText.tsx';
import { duration } from '../ui/time.ts';
import { MomentComposer } from './MomentComposer.tsx';
import styles from './Notes.module.css';
import { commentsQuery, notesApi } from './notes-api.ts';
import { useUndo } from './use-undo.tsx';

/** This near to its moment a comment is the one that belongs to what is seen now. */
const NOW_MS = 5_000;

interface Props {
  path: string;
  /** The subject's own time, ms. */
  timeMs: number;
  onSeek: (ms: number) => void;
}

/** What all who may watch have said, each at its second, with answers. */
export function CommentsPanel({ path, timeMs, onSeek }: Props) {
  const { t } = useTranslation();
  const { data: page, error } = useQuery(commentsQuery(path));
  const queries = useQueryClient();
  const again = () => queries.invalidateQueries({ queryKey: ['comments', path] });
  const { undoNote, offer } = useUndo();
  const [answered, setAnswered] = useState<string | null>(null);
  const [failed, setFailed] = useState<ApiError | null>(null);
  const run = (work: Promise<unknown>) =>
    void work
      .then(() => setFailed(null))
      .catch((reason: unknown) => setFailed(ApiError.from(reason)))
      .finally(again);
  const add = (atMs: number, text: string, replyTo: string | null) =>
    notesApi.addComment(path, { atMs, text, replyTo }).then(again);
  const remove = ({ commentId }: TimedComment) =>
    run(
      notesApi.removeComment(path, commentId).then(() =>
        offer({
          word: t('comments.removed'),
          undo: () => run(notesApi.restoreComment(path, commentId)),
        }),
      ),
    );
  const failure = error ?? failed;
  const comments = page?.comments;
  return (
    <div className={styles.panel}>
      {page?.mayWrite && (
        <MomentComposer
          timeMs={timeMs}
          placeholder={t('comments.placeholder')}
          word={(at) => t('comments.send', { at })}
          maxLength={MAX_COMMENT}
          testId="comment-text"
          onSave={(atMs, text) => add(atMs, text, null)}
        />
      )}
      {undoNote}
      {failure && <ErrorNote code={ApiError.from(failure).code} />}
      {comments?.length === 0 && <p className={styles.hint}>{t('comments.empty')}</p>}
      <ol className={styles.lines} data-testid="comments">
        {comments?.map((comment) => {
          const { commentId, replyTo, atMs, text, authorName, organizationName, mine, held } = comment;
          const now = atMs !== null && Math.abs(timeMs - atMs) < NOW_MS;
          return (
            <li
              key={commentId}
              className={join(styles.line, replyTo !== null && styles.reply)}
              aria-current={now && replyTo === null}
            >
              <p className={styles.who}>
                <SharedText text={authorName} />
                <SharedText text={organizationName} />
                {held && <span className={styles.badge}>{t('comments.held')}</span>}
                {replyTo === null && atMs !== null && (
                  <button type="button" className={styles.when} onClick={() => onSeek(atMs)}>
                    {duration(atMs)}
                  </button>
                )}
                {replyTo === null && atMs === null && <span>{t('studyNotes.cutOut')}</span>}
              </p>
              <p>
                <SharedText text={text} lines />
              </p>
              <div className={styles.acts}>
                {page?.mayWrite && !held && (
                  <button type="button" className={styles.act} onClick={() => setAnswered(commentId)}>
                    {t('comments.reply')}
                  </button>
                )}
                {held && page?.mayModerate && (
                  <button
                    type="button"
                    className={styles.act}
                    onClick={() => run(notesApi.approveComment(path, commentId))}
                  >
                    {t('comments.approve')}
                  </button>
                )}
                {(mine || page?.mayModerate) && (
                  <button type="button" className={styles.act} onClick={() => remove(comment)}>
                    {t('comments.remove')}
                  </button>
                )}
              </div>
              {answered === commentId && (
                <MomentComposer
                  timeMs={timeMs}
                  begun={{ atMs: atMs ?? 0, text: '' }}
                  placeholder={t('comments.replyTo', { name: authorName })}
                  word={() => t('comments.reply')}
                  maxLength={MAX_COMMENT}
                  testId="comment-reply"
                  onSave={async (at, words) => {
                    await add(at, words, commentId);
                    setAnswered(null);
                  }}
                  onCancel={() => setAnswered(null)}
                />
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
