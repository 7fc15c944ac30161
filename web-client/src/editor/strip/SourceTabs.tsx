import { useTranslation } from 'react-i18next';
import type { Id } from '#protocol/ids.ts';
import type { Programme } from '#protocol/programme.ts';
import { clockTime, longDate } from '../../ui/time.ts';
import { useLanguage } from '../../ui/use-language.ts';
import type { Moment } from '../preview/use-deck.ts';
import type { Source } from '../state/use-sources.ts';
import styles from './SourceTabs.module.css';

interface Props {
  sources: readonly Source[];
  programme: Programme;
  shown: Id;
  onShow: (to: Moment) => void;
}

/** Which of several joined recordings lies on the strip; nothing where there is only one. */
export function SourceTabs({ sources, programme, shown, onShow }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (sources.length < 2) return null;
  return (
    <nav className={styles.tabs} aria-label={t('editor.strip.recordings')}>
      {sources.map(({ recordingId, title, teacherName, startedAt }) => {
        const first = programme.clips.find((clip) => clip.recordingId === recordingId);
        return (
          <button
            key={recordingId}
            type="button"
            className={styles.tab}
            aria-pressed={recordingId === shown}
            onClick={() => first && onShow({ recordingId, ms: first.fromMs })}
          >
            {title}{' '}
            <span className={styles.detail}>
              {teacherName}
              {startedAt !== null && ` ${longDate(startedAt, language)} ${clockTime(startedAt, language)}`}
            </span>
          </button>
        );
      })}
    </nav>
  );
}
