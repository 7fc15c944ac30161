import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { ResourceFiles } from '#protocol/intake.ts';
import type { Resource } from '#protocol/resource.ts';
import { ApiError } from '../api/api-error.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import { DocumentView } from './DocumentView.tsx';
import styles from './FilePage.module.css';
import { FilmView } from './FilmView.tsx';
import { filesQuery, resourceQuery } from './intake-api.ts';
import { sizeWords } from './size-words.ts';

/** A resource that is files: the film, the document or the picture, and what it is. */
export function FilePage() {
  const { t } = useTranslation();
  const { resourceId = '' } = useParams();
  const { data: resource, error } = useQuery(resourceQuery(resourceId));
  const { data: files, error: notYet } = useQuery(filesQuery(resourceId));
  if (error) return <Alert type="warning" showIcon title={<ErrorNote code={ApiError.from(error).code} />} />;
  if (!resource) return <Waiting page="office" />;
  const { catalogue, title, description, state, kind } = resource;
  const { stage, grade, subject, edition, volume, chapter, section, knowledgePoints } = catalogue;
  const places = [stage, grade, subject, edition, volume, chapter, section].filter((place) => place !== null);
  return (
    <article className={styles.page}>
      <header className={styles.head}>
        <h1 className={styles.title}>
          <bdi>{title}</bdi>
        </h1>
        <p className={styles.quiet}>
          {t(`intake.file.${kind as 'film'}`)} · {resource.authorName} · {resource.organizationName}
        </p>
        {places.length > 0 && <p className={styles.quiet}>{places.join(' / ')}</p>}
        {(knowledgePoints.length > 0 || state === 'draft') && (
          <p className={styles.tags}>
            {state === 'draft' && <Tag color="warning">{t('intake.file.draft')}</Tag>}
            {knowledgePoints.map((point) => (
              <Tag key={point}>{point}</Tag>
            ))}
          </p>
        )}
      </header>
      {files ? (
        <Shown resource={resource} files={files} />
      ) : (
        <Alert
          type="info"
          showIcon
          title={
            notYet && ApiError.from(notYet).code !== 'NOT_READY' ? (
              <ErrorNote code={ApiError.from(notYet).code} />
            ) : (
              t('intake.file.preparing')
            )
          }
        />
      )}
      {description && <p className={styles.description}>{description}</p>}
      <footer className={styles.foot}>
        {files?.source && (
          <Button href={files.source.path} download data-testid="download">
            {t('intake.file.download', { size: sizeWords(t, files.source.bytes) })}
          </Button>
        )}
        {resource.may.includes('resource.edit') && <Link to="/library/upload">{t('intake.file.more')}</Link>}
      </footer>
    </article>
  );
}

function Shown({ resource, files }: { resource: Resource; files: ResourceFiles }) {
  const { t } = useTranslation();
  const { playable, pages, image, cover } = files;
  if (playable) return <FilmView playable={playable} cover={cover} title={resource.title} />;
  if (pages) return <DocumentView pages={pages} />;
  if (image) return <img className={styles.image} src={image} alt={resource.title} data-testid="image" />;
  return <Alert type="info" showIcon title={t('intake.file.noPreview')} />;
}
