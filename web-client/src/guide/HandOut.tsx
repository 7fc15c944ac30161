import { IconCalendarCheck } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Person } from '#protocol/directory.ts';
import { platformNow } from '../api/clock.ts';
import { platform } from '../api/platform.ts';
import { measure } from '../theme/tokens.ts';
import { clockTime, DAY_MS, longDate } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import type { Outcome } from './carry-out.ts';
import styles from './Guide.module.css';
import { passwordLink } from './guide-api.ts';

/** How far ahead the first lesson is looked for: past the longest holidays. */
const AHEAD_MS = 60 * DAY_MS;

/** When the first lesson is, and what the people and rooms in it have to be given. */
export function HandOut({ outcome: { pairing, teacher, assistant, rooms } }: { outcome: Outcome }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const now = platformNow();
  const { data } = useQuery({
    queryKey: ['guide', 'first', pairing.pairingId],
    queryFn: () => platform.lessons(now, now + AHEAD_MS),
  });
  const subject = pairing.courses[0]?.subject ?? '';
  const first = data?.find((lesson) => lesson.subject === subject && lesson.state === 'scheduled');
  return (
    <section className={styles.next} data-testid="guide-done">
      <h2 className={styles.sideTitle}>
        <IconCalendarCheck size={measure.iconLarge} aria-hidden="true" />{' '}
        {t('guide.done', { count: pairing.lessonsAhead })}
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
      {[teacher, assistant].map((person) => person && <PersonRow key={person.accountId} person={person} />)}
      {rooms.map(({ classroomId, name }) => (
        <div key={classroomId} className={styles.handOut}>
          <span className={styles.handOutWords}>{t('guide.room', { name })}</span>
          <Link to={`/admin/classrooms/${classroomId}/devices`}>
            <Button>{t('guide.pairRoom')}</Button>
          </Link>
        </div>
      ))}
      <div className={styles.foot}>
        <Link to="/admin/timetable">
          <Button type="primary">{t('guide.toTimetable')}</Button>
        </Link>
        <Link to="/admin">
          <Button>{t('guide.toAdmin')}</Button>
        </Link>
      </div>
    </section>
  );
}

/** Somebody's login, and on request the address with which they set their password. */
function PersonRow({ person }: { person: Person }) {
  const { t } = useTranslation();
  const link = useMutation({ mutationFn: () => passwordLink(person.accountId) });
  return (
    <div className={styles.handOut}>
      <span className={styles.handOutWords}>
        {t('guide.person', { name: person.name, login: person.login ?? '' })}
      </span>
      {link.data ? (
        <Typography.Text copyable>{new URL(link.data.path, location.href).href}</Typography.Text>
      ) : (
        <Button loading={link.isPending} onClick={() => link.mutate()}>
          {t('guide.makeLink')}
        </Button>
      )}
    </div>
  );
}
