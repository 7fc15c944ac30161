import { IconDevices } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Lesson } from '#protocol/domain.ts';
import { lessonQuery } from '../api/queries.ts';
import { useQualityReports } from '../check/use-quality-reports.ts';
import type { LessonSession, LessonSnapshot } from '../lesson/session.ts';
import { homePath } from '../room/room-memory.ts';
import { measure } from '../theme/tokens.ts';
import { Button, ButtonLink } from '../ui/Button.tsx';
import { Message } from '../ui/Message.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import { CalledOffPage } from './CalledOffPage.tsx';
import { EndedPage } from './EndedPage.tsx';
import { RefusedPage } from './RefusedPage.tsx';
import { useLessonSession } from './use-lesson-session.ts';
import { useWakeLock } from './use-wake-lock.ts';

interface Props {
  lesson: Lesson;
  /** False for a page that receives no picture and no sound. */
  watches?: boolean;
  children: (session: LessonSession, snapshot: LessonSnapshot) => ReactNode;
}

/** Joins the lesson and draws its children while one is in it; says why when one is not. */
export function LessonGate({ lesson, watches = true, children }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  useWakeLock();
  const joined = useLessonSession(lesson.lessonId, watches);
  useQualityReports(watches ? (joined?.session ?? null) : null);
  const state = joined?.snapshot.live.state;
  const over = state === 'ended' || state === 'ready';
  useEffect(() => {
    if (over) void queries.invalidateQueries({ queryKey: lessonQuery(lesson.lessonId).queryKey });
  }, [over, queries, lesson.lessonId]);

  const entering = (
    <Waiting page="stage" sentence={t('stage.connecting')} longSentence={t('stage.connectingLong')} />
  );
  if (!joined) return entering;
  const { session, snapshot } = joined;
  if (over) return <EndedPage lesson={lesson} />;
  switch (snapshot.phase) {
    case 'connecting':
      return entering;
    case 'refused':
      if (snapshot.calledOff) return <CalledOffPage lesson={lesson} off={snapshot.calledOff} />;
      return <RefusedPage code={snapshot.errorCode ?? 'INTERNAL'} />;
    case 'left':
      return <RefusedPage code="NOT_JOINED" />;
    case 'replaced':
      return (
        <Message
          page="stage"
          icon={<IconDevices size={measure.logo} aria-hidden="true" />}
          title={t('stage.replacedTitle')}
          actions={
            <>
              <ButtonLink to={homePath()}>{t('common.backToToday')}</ButtonLink>
              <Button kind="primary" data-testid="take-seat-back" onClick={() => session.takeSeatBack()}>
                {t('stage.takeBack')}
              </Button>
            </>
          }
        >
          {t('stage.replacedLead')}
        </Message>
      );
    case 'joined':
    case 'reconnecting':
      return children(session, snapshot);
  }
}
