import { useTranslation } from 'react-i18next';
import { SharedText } from '../../ui/SharedText.tsx';
import { clockTime, duration, longDate, MINUTE_MS } from '../../ui/time.ts';
import { useLanguage } from '../../ui/use-language.ts';
import { isFilm } from '../film.ts';
import { useChapterName } from '../use-chapter-name.ts';
import type { PanelProps } from './panel-props.ts';
import styles from './ReplayPanel.module.css';

/** The lesson's chapters and what else happened in it; every line leads to its moment. */
export function ChaptersPanel(props: PanelProps) {
  const { chapters, history, engine, replay, timeMs, shownMs, placeOf, onSeek } = props;
  const { t } = useTranslation();
  const nameOf = useChapterName();
  const now = chapters.findLastIndex((chapter) => chapter.shownMs <= shownMs);
  const course = history.course.map((item) => ({ item, at: placeOf(item.atMs) }));
  const current = history.course.findLast(({ atMs }) => atMs <= timeMs);
  return (
    <div className={styles.panel}>
      <Facts {...props} />
      {!isFilm(replay) && (
        <section className={styles.section}>
          <h3 className={styles.sectionTitle}>{t('replay.chapters')}</h3>
          <ol data-testid="chapters">
            {chapters.map(({ key, chapter, title, shownMs: at }, index) => (
              <li key={key}>
                <button
                  type="button"
                  className={styles.item}
                  aria-current={index === now}
                  data-kind={chapter.kind}
                  onClick={() => engine.seekShown(at)}
                >
                  <span className={styles.at}>{duration(at)}</span>
                  <SharedText text={title ?? nameOf(chapter)} />
                </button>
              </li>
            ))}
          </ol>
          {chapters.length < 2 && <p className={styles.hint}>{t('replay.chaptersEmpty')}</p>}
        </section>
      )}
      {history.course.length > 0 && (
        <details className={styles.section}>
          <summary className={styles.sectionTitle}>{t('replay.course')}</summary>
          <ol>
            {course.map(
              ({ item, at }) =>
                at !== null && (
                  <li key={item.seq}>
                    <button
                      type="button"
                      className={styles.item}
                      aria-current={item === current}
                      onClick={() => onSeek(item.atMs)}
                    >
                      <span className={styles.at}>{duration(at)}</span>
                      <span>{t(`replay.event.${item.word}`, { name: item.name })}</span>
                    </button>
                  </li>
                ),
            )}
          </ol>
        </details>
      )}
    </div>
  );
}

function Facts({ subject: watched, replay, engine }: PanelProps) {
  const { lesson, subject, grade, teacherName, organizationName } = watched;
  const { t } = useTranslation();
  const language = useLanguage();
  const film = isFilm(replay);
  const start = lesson ? (lesson.actualStart ?? lesson.plannedStart) : replay.epochMs;
  const heading = [subject, grade, lesson && t(`mode.${lesson.mode}`)].filter(Boolean).join(' · ');
  return (
    <>
      {heading && <h2 className={styles.title}>{heading}</h2>}
      <dl className={styles.facts}>
        <dt>{t(film ? 'replay.facts.brought' : 'replay.facts.date')}</dt>
        <dd>
          {longDate(start, language)} {clockTime(start, language)}
        </dd>
        {teacherName && (
          <>
            <dt>{t(film ? 'replay.facts.author' : 'replay.facts.teacher')}</dt>
            <dd>{t('today.by', { teacher: teacherName, organization: organizationName })}</dd>
          </>
        )}
        {lesson && lesson.remoteClassrooms.length > 0 && (
          <>
            <dt>{t('replay.facts.rooms')}</dt>
            <dd>{lesson.remoteClassrooms.map(({ name }) => name).join(t('common.separator'))}</dd>
          </>
        )}
        <dt>{t('replay.facts.length')}</dt>
        <dd>
          {t('replay.facts.minutes', {
            minutes: Math.max(1, Math.round(engine.getSnapshot().shownDurationMs / MINUTE_MS)),
          })}
        </dd>
      </dl>
    </>
  );
}
