import { IconMovieOff } from '@tabler/icons-react';
import { usePrefetchQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Lesson } from '#protocol/domain.ts';
import { ApiError } from '../api/api-error.ts';
import { lessonQuery, replayQuery } from '../api/queries.ts';
import { SignedIn } from '../app/SignedIn.tsx';
import { RefusedPage } from '../classroom/RefusedPage.tsx';
import { progressQuery } from '../notes/notes-api.ts';
import { measure } from '../theme/tokens.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { Message } from '../ui/Message.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import { subjectOfLesson } from './subject.ts';
import { Watched } from './Watched.tsx';

/** What was asked for ahead is kept until the player is there to take it. */
const PREFETCHED_MS = 30_000;

export function ReplayPage() {
  const { lessonId = '' } = useParams();
  // All at once, and not one after the other's answer: on a slow line each of them costs a part of a second.
  usePrefetchQuery(lessonQuery(lessonId));
  usePrefetchQuery(replayQuery(lessonId));
  usePrefetchQuery({ ...progressQuery(`/api/lessons/${lessonId}`), gcTime: PREFETCHED_MS });
  return <SignedIn page="stage">{() => <Opened key={lessonId} lessonId={lessonId} />}</SignedIn>;
}

function Opened({ lessonId }: { lessonId: string }) {
  const lesson = useQuery(lessonQuery(lessonId));
  const replay = useQuery(replayQuery(lessonId));
  if (lesson.error && !lesson.data) return <RefusedPage code={ApiError.from(lesson.error).code} />;
  if (!lesson.data || replay.isPending) return <Waiting page="stage" />;
  if (replay.error && !replay.data) {
    const { code } = ApiError.from(replay.error);
    return code === 'NOT_FOUND' ? <Nothing lesson={lesson.data} /> : <RefusedPage code={code} />;
  }
  if (!replay.data?.tracks.some(({ spans }) => spans.length > 0)) return <Nothing lesson={lesson.data} />;
  return <Watched subject={subjectOfLesson(lesson.data)} replay={replay.data} />;
}

/** No picture yet, or none at all. */
function Nothing({ lesson }: { lesson: Lesson }) {
  const { t } = useTranslation();
  const over = lesson.state === 'ended' || lesson.state === 'ready';
  return (
    <Message
      page="stage"
      icon={<IconMovieOff size={measure.logo} aria-hidden="true" />}
      title={t(over ? 'stage.endedUnrecorded' : 'replay.empty')}
      actions={
        <ButtonLink kind="primary" to="/">
          {t('common.backToToday')}
        </ButtonLink>
      }
    >
      {!over && t('replay.emptyHint')}
    </Message>
  );
}
