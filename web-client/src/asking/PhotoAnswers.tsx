import { useTranslation } from 'react-i18next';
import type { AskedQuestion } from '#protocol/asking.ts';
import { coursewarePath } from '#protocol/courseware.ts';
import type { LiveState } from '#protocol/live-state.ts';
import { SharedText } from '../ui/SharedText.tsx';
import styles from './Asking.module.css';

/** The photos that came as answers. One that all should see goes on the board, where photos always go. */
export function PhotoAnswers({ asked, live }: { asked: AskedQuestion; live: LiveState }) {
  const { t } = useTranslation();
  const photos = [...asked.answers.values()].flatMap(({ participantId, child, value }) => {
    if (value.kind !== 'photo') return [];
    const known = live.board.documents.find(({ documentId }) => documentId === value.documentId);
    const source = known?.pages[0]?.source;
    if (source?.kind !== 'image') return [];
    const room = live.participants.get(participantId)?.name ?? '';
    return [{ key: `${participantId} ${child}`, name: child ?? room, ...source }];
  });
  if (photos.length === 0) return null;
  return (
    <>
      <ul className={styles.photos} data-testid="photo-answers">
        {photos.map(({ key, name, documentId, file }) => (
          <li key={key}>
            <img src={coursewarePath(live.lessonId, documentId, file)} alt={name} loading="lazy" />
            <SharedText text={name} />
          </li>
        ))}
      </ul>
      <p className={styles.note}>{t('asking.photoHint')}</p>
    </>
  );
}
