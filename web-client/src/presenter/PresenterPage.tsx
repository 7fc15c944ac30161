import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Lesson } from '#protocol/domain.ts';
import { ApiError } from '../api/api-error.ts';
import { platform } from '../api/platform.ts';
import { lessonQuery } from '../api/queries.ts';
import { LessonGate } from '../classroom/LessonGate.tsx';
import { RefusedPage } from '../classroom/RefusedPage.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import { PresenterConsole } from './PresenterConsole.tsx';

/** Opens the lesson when nobody has yet, so that one tap in the timetable is enough, and joins it. */
export function PresenterPage({ lesson }: { lesson: Lesson }) {
  const { lessonId, state } = lesson;
  const queries = useQueryClient();
  const { mutate: open, error } = useMutation({
    mutationFn: () => platform.changeState(lessonId, 'open'),
    onSuccess: (opened) => queries.setQueryData(lessonQuery(lessonId).queryKey, opened),
  });
  useEffect(() => {
    if (state === 'scheduled') open();
  }, [state, open]);
  if (error && state === 'scheduled') return <RefusedPage code={ApiError.from(error).code} />;
  if (state === 'scheduled') return <Waiting page="stage" />;
  return (
    <LessonGate lesson={lesson}>
      {(session, snapshot) => <PresenterConsole lesson={lesson} session={session} snapshot={snapshot} />}
    </LessonGate>
  );
}
