import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Lesson } from '#protocol/domain.ts';
import { mayIn } from '../api/may.ts';
import { replayQuery } from '../api/queries.ts';
import { useAccount } from '../app/use-account.ts';
import { BackToRoom } from '../room/BackToRoom.tsx';
import { homePath } from '../room/room-memory.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { topicOf } from '../ui/topic-of.ts';
import { Waiting } from '../ui/Waiting.tsx';
import styles from './EndedPage.module.css';

/** After the bell: what was, and where the replay is. Read from the back of a room too. */
export function EndedPage({ lesson }: { lesson: Lesson }) {
  const { t } = useTranslation();
  const asked = useAccount();
  const isRoom = asked.state === 'known' && asked.account.kind === 'classroom';
  const watches = mayIn(lesson, 'replay.watch');
  const replay = useQuery({ ...replayQuery(lesson.lessonId), enabled: watches });
  if (watches && replay.isPending) return <Waiting page="stage" />;
  const recorded = (replay.data?.tracks.length ?? 0) > 0;
  return (
    <section className={styles.page} data-theme="stage" data-testid="lesson-ended">
      <p className={styles.lesson}>
        {lesson.subject} · {topicOf(lesson)}
      </p>
      <h1 className={styles.title}>{t('stage.endedTitle')}</h1>
      <p className={styles.lead}>{t(recorded ? 'stage.endedLead' : 'stage.endedUnrecorded')}</p>
      <div className={styles.actions}>
        {recorded && (
          <ButtonLink
            kind="primary"
            className={styles.action}
            to={`/lessons/${lesson.lessonId}/replay`}
            data-testid="to-replay"
          >
            {t('remote.nextReplay')}
          </ButtonLink>
        )}
        <ButtonLink className={styles.action} to={homePath()}>
          {t('common.backToToday')}
        </ButtonLink>
      </div>
      {isRoom && <BackToRoom lessonId={lesson.lessonId} className={styles.back} />}
    </section>
  );
}
