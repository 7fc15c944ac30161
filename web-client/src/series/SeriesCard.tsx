import { IconPlus } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Series } from '#protocol/series.ts';
import { FormDrawer } from '../admin/kit/FormDrawer.tsx';
import { useUndoToast } from '../admin/kit/use-undo-toast.tsx';
import { ApiError } from '../api/api-error.ts';
import { measure } from '../theme/tokens.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { SharedText } from '../ui/SharedText.tsx';
import { useSharedAddress } from '../ui/shared-address.ts';
import { topicOf } from '../ui/topic-of.ts';
import { LessonForm, type SeriesLesson } from './LessonForm.tsx';
import { LessonWhen } from './LessonWhen.tsx';
import styles from './Series.module.css';
import { SeriesForm } from './SeriesForm.tsx';
import { seriesApi } from './series-api.ts';

interface Props {
  series: Series;
  onChanged: () => void;
}

const TAGS = { draft: 'default', published: 'green', withdrawn: 'orange' } as const;

/** One series with its lessons, and what can be done with both. */
export function SeriesCard({ series, onChanged }: Props) {
  const { t } = useTranslation();
  const toast = useUndoToast();
  const { message } = App.useApp();
  const [editing, setEditing] = useState<'series' | 'lesson' | 'cancel' | null>(null);
  const [lesson, setLesson] = useState<SeriesLesson | null>(null);
  const act = useMutation({ mutationFn: (what: () => Promise<unknown>) => what(), onSuccess: onChanged });
  const { seriesId, state, title, summary, lessons, version, organizationName } = series;
  const address = useSharedAddress()(`/open/${seriesId}`);
  const publish = () =>
    act.mutate(async () => {
      await seriesApi.move(seriesId, 'published', version);
      toast(t('series.published'));
    });
  const withdraw = () =>
    act.mutate(async () => {
      const now = await seriesApi.move(seriesId, 'withdrawn', version);
      toast(t('series.withdrawn'), async () => {
        await seriesApi.move(seriesId, 'published', now.version);
        onChanged();
      });
    });
  const remove = () =>
    act.mutate(async () => {
      await seriesApi.remove(seriesId);
      const { organizationId } = series;
      toast(t('series.deleted'), async () => {
        await seriesApi.make({ organizationId, title, summary });
        onChanged();
      });
    });
  const removeLesson = (gone: SeriesLesson) =>
    act.mutate(async () => {
      await seriesApi.removeLesson(seriesId, gone.lessonId);
      toast(t('series.removed', { title: gone.title }), async () => {
        const now = await seriesApi.find(seriesId);
        await seriesApi.addLesson(seriesId, { ...gone, version: now.version, despiteClashes: true });
        onChanged();
      });
    });
  const edit = (what: 'lesson' | 'cancel', which: SeriesLesson | null) => {
    setLesson(which);
    setEditing(what);
  };
  return (
    <article className={styles.card} data-testid={`series-${seriesId}`}>
      <header className={styles.cardHead}>
        <div>
          <h2 className={styles.cardTitle}>
            <bdi>{title}</bdi> <Tag color={TAGS[state]}>{t(`series.state.${state}`)}</Tag>
          </h2>
          <p className={styles.quiet}>
            {organizationName} · {t('series.lessonCount', { count: lessons.length })}
          </p>
        </div>
        <div className={styles.buttons}>
          {state === 'published' && (
            <>
              <Link to={`/open/${seriesId}`}>{t('series.page')}</Link>
              <Button
                type="link"
                onClick={async () => {
                  await navigator.clipboard?.writeText(address);
                  void message.success(t('series.copied'));
                }}
              >
                {t('series.copy')}
              </Button>
            </>
          )}
          <Button onClick={() => setEditing('series')}>{t('series.edit')}</Button>
          {state === 'published' ? (
            <Button onClick={withdraw}>{t('series.withdraw')}</Button>
          ) : (
            <Button type="primary" disabled={lessons.length === 0} onClick={publish} data-testid="publish">
              {t(state === 'draft' ? 'series.publish' : 'series.republish')}
            </Button>
          )}
          {state === 'draft' && lessons.length === 0 && (
            <Button onClick={remove}>{t('series.delete')}</Button>
          )}
        </div>
      </header>
      {act.error && (
        <Alert type="warning" showIcon title={<ErrorNote code={ApiError.from(act.error).code} />} />
      )}
      {summary && <SharedText text={summary} lines />}
      {lessons.length === 0 && <p className={styles.quiet}>{t('series.noLessons')}</p>}
      <ul className={styles.lessons}>
        {lessons.map((each) => (
          <li key={each.lessonId} className={styles.lesson}>
            <div className={styles.lessonWords}>
              <strong>
                {each.subject} <bdi>{topicOf(each)}</bdi>
              </strong>
              <span className={styles.quiet}>
                <LessonWhen {...each} />
              </span>
              <span className={styles.quiet}>
                {each.teacherName} · {each.roomName} · {t(`series.lessonState.${each.state}`)}
              </span>
            </div>
            <div className={styles.buttons}>
              {each.state !== 'cancelled' && each.state !== 'over' && each.state !== 'replay' && (
                <Link to={`/lessons/${each.lessonId}/live-stream`}>{t('series.stream')}</Link>
              )}
              {each.state === 'upcoming' && (
                <>
                  <Button onClick={() => edit('lesson', each)}>{t('series.editLesson')}</Button>
                  {series.publishedAt === null ? (
                    <Button onClick={() => removeLesson(each)}>{t('series.removeLesson')}</Button>
                  ) : (
                    <Button onClick={() => edit('cancel', each)}>{t('series.cancelLesson')}</Button>
                  )}
                </>
              )}
            </div>
          </li>
        ))}
      </ul>
      <Button
        className={styles.addLesson}
        icon={<IconPlus size={measure.icon} stroke={1.5} />}
        data-testid="add-lesson"
        onClick={() => edit('lesson', null)}
      >
        {t('series.addLesson')}
      </Button>
      <SeriesForm
        series={series}
        organizationId={series.organizationId}
        open={editing === 'series'}
        onClose={() => setEditing(null)}
        onSaved={onChanged}
      />
      <LessonForm
        series={series}
        lesson={lesson}
        open={editing === 'lesson'}
        onClose={() => setEditing(null)}
        onSaved={onChanged}
      />
      <FormDrawer<{ reason: string }, Series>
        title={t('series.cancelLesson')}
        open={editing === 'cancel'}
        onClose={() => setEditing(null)}
        initial={{ reason: '' }}
        version={version}
        save={({ reason }, seen) =>
          seriesApi.cancelLesson(seriesId, lesson?.lessonId ?? '', { reason, version: seen })
        }
        saveWord={t('series.cancelLesson')}
        onSaved={() => {
          toast(t('series.cancelled'));
          onChanged();
        }}
      >
        <Form.Item name="reason" label={t('series.cancelReason')} required>
          <Input.TextArea />
        </Form.Item>
      </FormDrawer>
    </article>
  );
}
