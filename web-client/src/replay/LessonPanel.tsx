import { useTranslation } from 'react-i18next';
import type { Lesson } from '#protocol/domain.ts';
import type { Replay } from '#protocol/rest.ts';
import { clockTime, duration, longDate, MINUTE_MS } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import type { CourseItem } from './course.ts';
import styles from './LessonPanel.module.css';

interface Props {
  lesson: Lesson;
  replay: Replay;
  course: readonly CourseItem[];
  timeMs: number;
  onSeek: (ms: number) => void;
}

/** What lesson this was and what happened in it; every line leads to its moment. */
export function LessonPanel({ lesson, replay, course, timeMs, onSeek }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const current = course.findLast(({ atMs }) => atMs <= timeMs);
  const start = lesson.actualStart ?? lesson.plannedStart;
  return (
    <div className={styles.panel}>
      <h2 className={styles.title}>
        {lesson.subject} · {lesson.grade} · {t(`mode.${lesson.mode}`)}
      </h2>
      <dl className={styles.facts}>
        <dt>{t('replay.facts.date')}</dt>
        <dd>
          {longDate(start, language)} {clockTime(start, language)}
        </dd>
        <dt>{t('replay.facts.teacher')}</dt>
        <dd>{t('today.by', { teacher: lesson.teacherName, organization: lesson.organizationName })}</dd>
        <dt>{t('replay.facts.rooms')}</dt>
        <dd>{lesson.remoteClassrooms.map(({ name }) => name).join(t('common.separator'))}</dd>
        <dt>{t('replay.facts.length')}</dt>
        <dd>
          {t('replay.facts.minutes', { minutes: Math.max(1, Math.round(replay.durationMs / MINUTE_MS)) })}
        </dd>
      </dl>
      <section className={styles.section}>
        <h3 className={styles.sectionTitle}>{t('replay.course')}</h3>
        {course.length === 0 && <p className={styles.hint}>{t('replay.courseEmpty')}</p>}
        <ol>
          {course.map((item) => (
            <li key={item.seq}>
              <button
                type="button"
                className={styles.item}
                aria-current={item === current}
                onClick={() => onSeek(item.atMs)}
              >
                <span className={styles.at}>{duration(item.atMs)}</span>
                <span>{t(`replay.event.${item.word}`, { name: item.name })}</span>
              </button>
            </li>
          ))}
        </ol>
      </section>
      <p className={styles.shortcuts}>{t('replay.shortcuts')}</p>
    </div>
  );
}
