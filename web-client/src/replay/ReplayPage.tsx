import { IconMovieOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import type { Lesson } from '#protocol/domain.ts';
import { resumeAt } from '#protocol/progress.ts';
import { ApiError } from '../api/api-error.ts';
import { lessonQuery, replayQuery, timelineQuery } from '../api/queries.ts';
import { SignedIn } from '../app/SignedIn.tsx';
import { RefusedPage } from '../classroom/RefusedPage.tsx';
import { progressQuery } from '../notes/notes-api.ts';
import { measure } from '../theme/tokens.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { Message } from '../ui/Message.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import { openingOf } from './cast.ts';
import { ReplayPlayer } from './ReplayPlayer.tsx';
import { rememberedPosition } from './resume.ts';
import { subjectOfLesson } from './subject.ts';

export function ReplayPage() {
  const { lessonId = '' } = useParams();
  return <SignedIn page="stage">{() => <Opened key={lessonId} lessonId={lessonId} />}</SignedIn>;
}

function Opened({ lessonId }: { lessonId: string }) {
  const [search] = useSearchParams();
  const lesson = useQuery(lessonQuery(lessonId));
  const replay = useQuery(replayQuery(lessonId));
  const events = useQuery(timelineQuery(lessonId, replay.data?.live ?? false));
  const progress = useQuery(progressQuery(`/api/lessons/${lessonId}`));
  if (lesson.error && !lesson.data) return <RefusedPage code={ApiError.from(lesson.error).code} />;
  if (!lesson.data || replay.isPending || progress.isPending) return <Waiting page="stage" />;
  if (replay.error && !replay.data) {
    const { code } = ApiError.from(replay.error);
    return code === 'NOT_FOUND' ? <Nothing lesson={lesson.data} /> : <RefusedPage code={code} />;
  }
  if (!replay.data?.tracks.some(({ spans }) => spans.length > 0)) return <Nothing lesson={lesson.data} />;
  const fromStart = search.get('from') === 'start';
  // What another device told the platform counts; what this one remembers is for when the platform does not answer.
  const known = progress.data
    ? resumeAt(progress.data)
    : rememberedPosition(lessonId, replay.data.durationMs);
  const remembered = replay.data.live || fromStart ? null : known;
  const startAtMs = replay.data.live && !fromStart ? 'live' : (remembered ?? openingOf(replay.data));
  return (
    <ReplayPlayer
      subject={subjectOfLesson(lesson.data)}
      replay={replay.data}
      events={events.data}
      startAtMs={startAtMs}
      resumed={remembered !== null}
    />
  );
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
