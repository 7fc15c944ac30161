import { IconCalendarCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { platformNow } from '../api/clock.ts';
import { platform } from '../api/platform.ts';
import { Slips } from '../directory/Slips.tsx';
import { measure } from '../theme/tokens.ts';
import { clockTime, DAY_MS, longDate } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './Guide.module.css';
import type { Outcome } from './outcome.ts';

/** How far ahead the first lesson is looked for: past the longest holidays. */
const AHEAD_MS = 60 * DAY_MS;

interface Props {
  outcome: Outcome;
  /** Once more from the beginning, for another course. */
  again: () => void;
}

/** When the first lesson is, and what the people and rooms in it have to be given. */
export function HandOut({ outcome: { lessonsAhead, subject, teacher, assistant, rooms }, again }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [now] = useState(platformNow);
  const [slips, setSlips] = useState<Outcome['teacher'][] | null>(null);
  const { data } = useQuery({
    queryKey: ['guide', 'first', now],
    queryFn: () => platform.lessons(now, now + AHEAD_MS),
  });
  const first = data?.find((lesson) => lesson.subject === subject && lesson.state === 'scheduled');
  const people = assistant ? [teacher, assistant] : [teacher];
  return (
    <section className={styles.next} data-testid="guide-done">
      <h2 className={styles.doneTitle} role="status">
        <IconCalendarCheck size={measure.iconLarge} aria-hidden="true" />
        {t('guide.done', { count: lessonsAhead })}
      </h2>
      {first && (
        <p data-testid="guide-first">
          {t('guide.first', {
            date: longDate(first.plannedStart, language),
            time: clockTime(first.plannedStart, language),
            subject,
            teacher: teacher.name,
          })}
        </p>
      )}
      <h3 className={styles.sideTitle}>{t('guide.handOut')}</h3>
      {people.map((person) => (
        <div key={person.accountId} className={styles.handOut}>
          <span className={styles.handOutWords}>
            {t('guide.person', { name: person.name, login: person.login ?? '' })}
          </span>
          <Button data-testid={`slip-${person.accountId}`} onClick={() => setSlips([person])}>
            {t('guide.makeLink')}
          </Button>
        </div>
      ))}
      {rooms.map(({ classroomId, name }) => (
        <div key={classroomId} className={styles.handOut}>
          <span className={styles.handOutWords}>{t('guide.room', { name })}</span>
          <Link to={`/admin/classrooms/${classroomId}/devices`}>
            <Button>{t('guide.pairRoom')}</Button>
          </Link>
        </div>
      ))}
      <p className={styles.quiet}>{t('guide.bulkHint')}</p>
      <div className={styles.foot}>
        <Link to="/admin/timetable">
          <Button type="primary">{t('guide.toTimetable')}</Button>
        </Link>
        <Button data-testid="guide-again" onClick={again}>
          {t('guide.again')}
        </Button>
        <Link to="/admin">
          <Button>{t('guide.toAdmin')}</Button>
        </Link>
      </div>
      {slips && <Slips people={slips} onClose={() => setSlips(null)} />}
    </section>
  );
}
