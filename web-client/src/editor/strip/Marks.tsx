import { IconBookmarkFilled, IconStarFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#protocol/ids.ts';
import { useChapterName } from '../../replay/use-chapter-name.ts';
import { duration } from '../../ui/time.ts';
import type { Source } from '../state/use-sources.ts';
import styles from './Strip.module.css';

interface Props {
  source: Source;
  at: (ms: number) => string;
  onSeek: (ms: number) => void;
  onHighlight: (highlightId: Id) => void;
}

const MARK_SIZE = 14;

/** What happened: chapters, highlights that were marked in class, who came and went. */
export function Marks({ source, at, onSeek, onHighlight }: Props) {
  const { t } = useTranslation();
  const chapterName = useChapterName();
  return (
    <div className={styles.marks}>
      {source.course.map(({ seq, atMs, word, name }) => (
        <span
          key={`event-${seq}`}
          className={styles.event}
          style={{ left: at(atMs) }}
          title={t(`replay.event.${word}`, { name })}
        />
      ))}
      {source.chapters.map((chapter) => (
        <button
          key={`chapter-${chapter.seq}`}
          type="button"
          className={styles.mark}
          style={{ left: at(chapter.fromMs) }}
          title={chapterName(chapter)}
          aria-label={`${duration(chapter.fromMs)} ${chapterName(chapter)}`}
          onClick={() => onSeek(chapter.fromMs)}
        >
          <IconBookmarkFilled size={MARK_SIZE} aria-hidden="true" />
        </button>
      ))}
      {source.highlights.map(({ highlightId, atMs, note }) => (
        <button
          key={highlightId}
          type="button"
          className={styles.star}
          style={{ left: at(atMs) }}
          data-testid="highlight-mark"
          title={t('editor.micro.around', { note: note ?? duration(atMs) })}
          aria-label={t('editor.micro.around', { note: note ?? duration(atMs) })}
          onClick={() => onHighlight(highlightId)}
        >
          <IconStarFilled size={MARK_SIZE} aria-hidden="true" />
        </button>
      ))}
    </div>
  );
}
