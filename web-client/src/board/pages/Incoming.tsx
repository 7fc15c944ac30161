import { useTranslation } from 'react-i18next';
import type { CoursewareDocument } from '#protocol/courseware.ts';
import { coursewarePath } from '#protocol/courseware.ts';
import type { LiveState } from '#protocol/live-state.ts';
import type { Act } from '../../steering/use-act.ts';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import type { UploadInProgress } from '../files/use-uploads.ts';
import styles from './PageList.module.css';

interface Props {
  live: LiveState;
  act: Act;
  uploads: readonly UploadInProgress[];
}

/** What is not on the board yet: files on their way, slides being made into pages, photos that rooms sent. */
export function Incoming({ live, act, uploads }: Props) {
  const { t } = useTranslation();
  const { documents, pages } = live.board;
  const placed = new Set(pages.map(({ source }) => (source.kind === 'blank' ? '' : source.documentId)));
  const desk = new Set(
    [...live.participants.values()]
      .filter(({ role }) => role === 'presenter' || role === 'administrator')
      .map(({ participantId }) => participantId),
  );
  const waiting = documents.filter(
    ({ documentId, state, participantId, scripted }) =>
      state !== 'ready' || scripted || (!placed.has(documentId) && !desk.has(participantId)),
  );
  if (uploads.length + waiting.length === 0) return null;
  return (
    <ul className={styles.incoming} data-testid="board-incoming">
      {uploads.map(({ key, name, share, errorCode, cancel }) => (
        <li key={key} className={styles.card}>
          <span className={styles.name} title={name}>
            {name}
          </span>
          {errorCode ? (
            <ErrorNote code={errorCode} />
          ) : (
            <>
              <progress className={styles.progress} value={share} max={1} aria-label={t('board.uploading')} />
              <span>
                {share < 1 ? t('board.uploaded', { percent: Math.round(share * 100) }) : t('board.looking')}
              </span>
            </>
          )}
          <button type="button" className={styles.cardButton} data-testid="upload-cancel" onClick={cancel}>
            {t(errorCode ? 'board.putAway' : 'common.cancel')}
          </button>
        </li>
      ))}
      {waiting.map((document) => (
        <li key={document.documentId} className={styles.card} data-testid={`document-${document.state}`}>
          <Waiting live={live} document={document} act={act} />
        </li>
      ))}
    </ul>
  );
}

function Waiting({ live, document, act }: { live: LiveState; document: CoursewareDocument; act: Act }) {
  const { t } = useTranslation();
  const { documentId, name, kind, state, failure, from, pages, scripted } = document;
  const putAway = (
    <button
      type="button"
      className={styles.cardButton}
      onClick={() => void act('document.remove', { documentId })}
    >
      {t('board.putAway')}
    </button>
  );
  if (state === 'processing')
    return (
      <>
        <span className={styles.name} title={name}>
          {name}
        </span>
        <progress className={styles.progress} aria-label={t('board.converting')} />
        <span>{t('board.converting')}</span>
      </>
    );
  if (state === 'failed')
    return (
      <>
        <span className={styles.name} title={name}>
          {name}
        </span>
        <ErrorNote code={failure ?? 'CONVERSION_FAILED'} />
        {putAway}
      </>
    );
  if (scripted)
    return (
      <>
        <span className={styles.name} title={name}>
          {name}
        </span>
        <span>{t('board.scripted')}</span>
        {putAway}
      </>
    );
  const source = pages[0]?.source;
  return (
    <>
      {source?.kind === 'image' && (
        <img className={styles.photo} src={coursewarePath(live.lessonId, documentId, source.file)} alt="" />
      )}
      <span>
        {t(kind === 'photo' ? 'board.photoFrom' : 'board.fileFrom', {
          room: from,
          name,
        })}
      </span>
      <button
        type="button"
        className={styles.place}
        data-testid="place-document"
        onClick={() => void act('document.place', { documentId })}
      >
        {t('board.place')}
      </button>
      {putAway}
    </>
  );
}
