import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Navigate, useParams } from 'react-router';
import type { Lesson } from '#protocol/domain.ts';
import type { LessonRole } from '#protocol/permission.ts';
import { ApiError } from '../api/api-error.ts';
import { lessonQuery } from '../api/queries.ts';
import { SignedIn } from '../app/SignedIn.tsx';
import { RemotePage } from '../remote/RemotePage.tsx';
import { forgetInside, rememberInside } from '../room/room-memory.ts';
import { Waiting } from '../ui/Waiting.tsx';
import { CalledOffPage } from './CalledOffPage.tsx';
import { EndedPage } from './EndedPage.tsx';
import { InsecurePage } from './InsecurePage.tsx';
import { AssistantPage, PresenterPage } from './pages.tsx';
import { RefusedPage } from './RefusedPage.tsx';

/** Brings a person to the page of what they are in this lesson. */
export function LessonPage() {
  const { lessonId = '' } = useParams();
  return (
    <SignedIn page="stage">
      {({ kind }) => <LessonByRole key={lessonId} lessonId={lessonId} isRoom={kind === 'classroom'} />}
    </SignedIn>
  );
}

function LessonByRole({ lessonId, isRoom }: { lessonId: string; isRoom: boolean }) {
  const { data: lesson, error } = useQuery(lessonQuery(lessonId));
  useEffect(() => {
    if (!isRoom) return;
    rememberInside(lessonId);
    // Not called when the machine loses its power.
    return forgetInside;
  }, [isRoom, lessonId]);
  if (error && !lesson) return <RefusedPage code={ApiError.from(error).code} />;
  if (!lesson) return <Waiting page="stage" />;
  const role = lesson.role as LessonRole;
  if (isOver(lesson)) return <EndedPage lesson={lesson} />;
  if (lesson.cancelled)
    return <CalledOffPage lesson={lesson} off={{ reason: lesson.cancelled.reason, movedTo: null }} />;
  switch (role) {
    case 'presenter':
      return isSecureContext ? <PresenterPage lesson={lesson} /> : <InsecurePage />;
    case 'remote':
      return isSecureContext ? <RemotePage lesson={lesson} sends /> : <InsecurePage />;
    case 'assistant':
      return <AssistantPage lesson={lesson} />;
    case 'operator':
      return <Navigate replace to={`/lessons/${lessonId}/desk`} />;
    case 'observer':
    case 'administrator':
      return <RemotePage lesson={lesson} sends={false} />;
    case 'viewer':
      return <Navigate replace to={`/lessons/${lessonId}/replay`} />;
    case 'stranger':
      return <RefusedPage code="FORBIDDEN" />;
  }
}

const isOver = ({ state }: Lesson): boolean => state === 'ended' || state === 'ready';
