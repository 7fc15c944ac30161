import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Lesson } from '#protocol/domain.ts';
import type { Replay } from '#protocol/rest.ts';
import { timelineQuery } from '../api/queries.ts';
import { useFullscreen } from '../classroom/use-fullscreen.ts';
import { measure } from '../theme/tokens.ts';
import { ControlBar } from './ControlBar.tsx';
import { castOf, type Layout, secondAt } from './cast.ts';
import { useLessonHistory } from './history/use-lesson-history.ts';
import { SidePanels } from './panels/SidePanels.tsx';
import styles from './ReplayPlayer.module.css';
import { ReplayStage } from './ReplayStage.tsx';
import { subjectOfLesson } from './subject.ts';
import { useReplayEngine } from './use-replay-engine.ts';
import { useShortcuts } from './use-shortcuts.ts';

interface Props {
  lesson: Lesson;
  replay: Replay;
  startAtMs: number | 'live';
  /** Whether that is where this browser stopped the last time. */
  resumed: boolean;
}

/** The dark player with what happened in the lesson beside it. */
export function ReplayPlayer({ lesson, replay, startAtMs, resumed }: Props) {
  const { t } = useTranslation();
  const { engine, snapshot } = useReplayEngine(replay, startAtMs);
  const { data: events } = useQuery(timelineQuery(lesson.lessonId, replay.live));
  const player = useRef<HTMLDivElement>(null);
  const { toggle: toggleFullscreen } = useFullscreen(player);
  useShortcuts(engine, toggleFullscreen);
  const [layout, setLayout] = useState<Layout>('follow');
  const [roomsShown, setRoomsShown] = useState(true);
  const leaderId = useRef<string>(undefined);
  const cast = castOf(replay, leaderId.current);
  leaderId.current = cast.leader?.trackId;
  const second = secondAt(cast, snapshot.timeMs);
  const { history } = useLessonHistory(events);
  const resumedAtMs = resumed && startAtMs !== 'live' ? startAtMs : null;
  return (
    <div className={styles.page}>
      <div ref={player} className={styles.player} data-theme="stage">
        <header className={styles.top}>
          <Link to="/" className={styles.back}>
            <IconArrowLeft size={measure.icon} aria-hidden="true" />
            {t('common.back')}
          </Link>
          <h1 className={styles.title} title={lesson.title}>
            <span className={styles.subject}>{lesson.subject}</span> {lesson.title}
          </h1>
        </header>
        <ReplayStage
          engine={engine}
          snapshot={snapshot}
          cast={cast}
          second={second}
          layout={layout}
          rooms={roomsShown ? cast.rooms : []}
          resumedAtMs={resumedAtMs}
          teacherName={lesson.teacherName}
          organizationName={lesson.organizationName}
        />
        <ControlBar
          engine={engine}
          snapshot={snapshot}
          live={replay.live}
          leader={cast.leader}
          seconds={cast.seconds}
          course={history.course}
          layout={layout}
          onLayout={setLayout}
          rooms={
            cast.rooms.length > 0 ? { shown: roomsShown, onToggle: () => setRoomsShown(!roomsShown) } : null
          }
          onFullscreen={toggleFullscreen}
        />
      </div>
      <aside className={styles.panel}>
        <SidePanels
          subject={subjectOfLesson(lesson)}
          replay={replay}
          history={history}
          chapters={history.chapters}
          engine={engine}
          timeMs={snapshot.timeMs}
          placeOf={(ms) => ms}
          onSeek={(ms) => engine.seek(ms)}
        />
      </aside>
    </div>
  );
}
