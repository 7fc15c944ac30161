import { IconCut } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Lesson } from '#protocol/domain.ts';
import { mayIn } from '../api/may.ts';
import { measure } from '../theme/tokens.ts';
import styles from './EditLink.module.css';
import { entryQuery } from './editor-api.ts';

/** From a lesson's replay to its editing desk, for who may edit it. */
export function EditLink({ lesson }: { lesson: Lesson }) {
  const { t } = useTranslation();
  // Of those who direct a lesson most may edit it; nobody else is worth asking for.
  const { data } = useQuery({
    ...entryQuery(lesson.lessonId),
    enabled: lesson.state === 'ready' && mayIn(lesson, 'record.direct'),
  });
  if (!data) return null;
  return (
    <Link to={`/resources/${data.resourceId}/edit`} className={styles.link} data-testid="edit-link">
      <IconCut size={measure.icon} aria-hidden="true" />
      {t('editor.title')}
    </Link>
  );
}
