import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { ApiError } from '../api/api-error.ts';
import { longDate } from '../ui/time.ts';
import { useLanguage } from '../ui/use-language.ts';
import { Waiting } from '../ui/Waiting.tsx';
import styles from './Library.module.css';
import { LibraryHead } from './LibraryHead.tsx';
import { courseQuery } from './library-api.ts';
import { placeOf } from './place-of.ts';
import { RefusedNote } from './RefusedNote.tsx';
import { ResourceCard } from './ResourceCard.tsx';

/** A course: the replays of its lessons in their order, and how far one has come. */
export function CoursePage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const { courseId = '' } = useParams();
  const { data, error } = useQuery(courseQuery(courseId));
  if (error && !data) return <RefusedNote code={ApiError.from(error).code} />;
  if (!data) return <Waiting page="office" />;
  const { title, organizationId, organizationName, items } = data;
  const done = items.filter(({ progress }) => progress?.completed).length;
  const next = items.find(({ progress }) => !progress?.completed);
  return (
    <LibraryHead
      title={title}
      lead={
        <>
          <Link to={`/library/schools/${organizationId}`}>{organizationName}</Link>
          {' · '}
          {t('library.course.count', { count: items.length })}
          {done > 0 && ` · ${t('library.course.done', { count: done })}`}
        </>
      }
      actions={
        next && (
          <Button type="primary" onClick={() => void navigate(placeOf(next.card))}>
            {t(done > 0 || next.progress ? 'library.course.goOn' : 'library.course.begin')}
          </Button>
        )
      }
    >
      <ol className={styles.rows}>
        {items.map(({ card, progress, plannedStart }, index) => (
          <li key={card.resourceId} className={styles.item}>
            <span className={styles.number}>{index + 1}</span>
            <ResourceCard card={card} shape="row" progress={progress}>
              <p className={styles.quiet}>
                {longDate(plannedStart, language)}
                {progress?.completed && ` · ${t('library.course.seen')}`}
              </p>
            </ResourceCard>
          </li>
        ))}
      </ol>
    </LibraryHead>
  );
}
