import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { ApiError } from '../api/api-error.ts';
import { mayIn } from '../api/may.ts';
import { lessonQuery } from '../api/queries.ts';
import { SignedIn } from '../app/SignedIn.tsx';
import { EndedPage } from '../classroom/EndedPage.tsx';
import { LessonGate } from '../classroom/LessonGate.tsx';
import { RefusedPage } from '../classroom/RefusedPage.tsx';
import { WaitingRoom } from '../remote/WaitingRoom.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import { Desk } from './Desk.tsx';

/** The desk of one lesson, for who may direct its recording. It waits for the lesson to open. */
export function DeskPage() {
  const { lessonId = '' } = useParams();
  return <SignedIn page="stage">{() => <DeskOf key={lessonId} lessonId={lessonId} />}</SignedIn>;
}

function DeskOf({ lessonId }: { lessonId: string }) {
  const navigate = useNavigate();
  const { data: lesson, error } = useQuery(lessonQuery(lessonId));
  if (error && !lesson) return <RefusedPage code={ApiError.from(error).code} />;
  if (!lesson) return <Waiting page="stage" />;
  if (!mayIn(lesson, 'record.direct')) return <RefusedPage code="FORBIDDEN" />;
  if (lesson.state === 'ended' || lesson.state === 'ready') return <EndedPage lesson={lesson} />;
  if (lesson.state === 'scheduled') return <WaitingRoom lesson={lesson} sends={false} />;
  return (
    <LessonGate lesson={lesson}>
      {(session, snapshot) => (
        <Desk lesson={lesson} session={session} snapshot={snapshot} onLeave={() => void navigate('/')} />
      )}
    </LessonGate>
  );
}
