import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { LibraryQuestion } from '#protocol/library.ts';
import { ApiError } from '../api/api-error.ts';
import type { Act } from '../steering/use-act.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { SharedText } from '../ui/SharedText.tsx';
import styles from './Asking.module.css';
import { libraryApi, libraryQuery } from './library-api.ts';
import { letters, optionCount } from './use-answer-word.ts';

interface Props {
  courseId: string;
  act: Act;
}

/** The course's own questions: one touch asks one. What was deleted comes back by one touch, too. */
export function QuestionLibrary({ courseId, act }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { data, error } = useQuery(libraryQuery(courseId));
  const onSettled = () => queries.invalidateQueries({ queryKey: libraryQuery(courseId).queryKey });
  const restore = useMutation({
    mutationFn: ({ question, right }: LibraryQuestion) => libraryApi.add(courseId, { question, right }),
    onSuccess: () => remove.reset(),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: ({ questionId }: LibraryQuestion) => libraryApi.remove(courseId, questionId),
    onSettled,
  });
  const failure = error ?? remove.error ?? restore.error;
  const gone = remove.isSuccess ? remove.variables : null;
  return (
    <section data-testid="library">
      <h3 className={styles.label}>{t('asking.library')}</h3>
      {failure && (
        <p className={styles.note}>
          {t('asking.libraryFailed')} <ErrorNote code={ApiError.from(failure).code} />
        </p>
      )}
      {gone && (
        <p className={styles.undo} role="status">
          {t('asking.removed')}
          <button type="button" className={styles.link} onClick={() => restore.mutate(gone)}>
            {t('asking.undo')}
          </button>
        </p>
      )}
      {data?.length === 0 && !gone && <p className={styles.note}>{t('asking.libraryEmpty')}</p>}
      <ul className={styles.earlier}>
        {data?.map((kept) => {
          const { questionId, question, right } = kept;
          const kind = question.by === 'hands' ? 'hands' : question.kind;
          return (
            <li key={questionId} className={styles.kept}>
              <button
                type="button"
                className={styles.earlierOne}
                data-testid={`ask-kept-${questionId}`}
                onClick={() => void act('question.pose', { question, right })}
              >
                <SharedText text={question.text || t(`asking.kind.${kind}`)} />
                <small>
                  {t(`asking.kind.${kind}`)}
                  {question.kind === 'choice' && ` ${letters(optionCount(question))}`}
                </small>
              </button>
              <button type="button" className={styles.link} onClick={() => remove.mutate(kept)}>
                {t('asking.remove')}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
