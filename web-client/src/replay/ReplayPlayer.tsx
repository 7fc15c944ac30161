import { IconArrowLeft } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { coursewarePath } from '#protocol/courseware.ts';
import type { Replay } from '#protocol/rest.ts';
import { shotAt } from '#protocol/shots.ts';
import type { TimelineEvent } from '#protocol/timeline.ts';
import { useFullscreen } from '../classroom/use-fullscreen.ts';
import { CaptionField } from '../notes/captions/CaptionField.tsx';
import { CaptionStrip } from '../notes/captions/CaptionStrip.tsx';
import { toggleCaptions, useCaptions } from '../notes/captions/use-captions.ts';
import { useProgressReports } from '../notes/progress/use-progress.ts';
import { subjectPath } from '../notes/subject-path.ts';
import { measure } from '../theme/tokens.ts';
import { onBar } from './bar/bar-marks.ts';
import { ControlBar } from './bar/ControlBar.tsx';
import { SeekBar } from './bar/SeekBar.tsx';
import { ViewPicker } from './bar/ViewPicker.tsx';
import { ReplayBoard } from './board/ReplayBoard.tsx';
import { castOf } from './cast.ts';
import { HelpSheet } from './HelpSheet.tsx';
import { useLessonHistory } from './history/use-lesson-history.ts';
import { SidePanels } from './panels/SidePanels.tsx';
import { placedChapters } from './placed-chapters.ts';
import styles from './ReplayPlayer.module.css';
import { ReplayStage } from './ReplayStage.tsx';
import { StageChips } from './StageChips.tsx';
import { rememberedRate, rememberRate } from './speeds.ts';
import type { ReplaySubject } from './subject.ts';
import { useReplayEngine } from './use-replay-engine.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { BOARD, holesOf, pictureOf, type View } from './view.ts';

interface Props {
  subject: ReplaySubject;
  replay: Replay;
  /** The lesson's timeline as this viewer may read it. */
  events: readonly TimelineEvent[] | undefined;
  /** On the time that is shown, ms. */
  startAtMs: number | 'live';
  /** Whether that is where this viewer stopped the last time. */
  resumed: boolean;
}

/** The dark player with what happened in the lesson beside it. */
export function ReplayPlayer({ subject, replay, events, startAtMs, resumed }: Props) {
  const { t } = useTranslation();
  const { engine, snapshot } = useReplayEngine(replay, startAtMs);
  const { timeMs, shownMs, shownDurationMs, rate } = snapshot;
  const { history, grown } = useLessonHistory(replay, events);
  const player = useRef<HTMLDivElement>(null);
  const { toggle: toggleFullscreen } = useFullscreen(player);
  const [view, setView] = useState<View>('cut');
  const [helping, setHelping] = useState(false);
  const leaderId = useRef<string>(undefined);
  const cast = castOf(replay, leaderId.current);
  leaderId.current = cast.leader?.trackId;
  useRememberedRate(engine, rate);
  const notesPath = subjectPath(subject);
  const captions = useCaptions(notesPath);
  useProgressReports(replay.live ? null : notesPath, engine.getSnapshot);
  useShortcuts(engine, {
    onFullscreen: toggleFullscreen,
    onBoard: () => hasBoard && setView(view === 'cut' ? [BOARD] : 'cut'),
    onCaptions: () => toggleCaptions(captions.tracks),
    onHelp: () => setHelping(true),
  });

  const boardSpans = history.board.shownSpans(snapshot.durationMs);
  const hasBoard = boardSpans.length > 0;
  const pictures = replay.tracks.filter(({ kind }) => kind === 'video');
  const picture = pictureOf(view, shotAt([...history.shots], replay.recordingId, timeMs), {
    trackIds: pictures.map(({ trackId }) => trackId),
    board: hasBoard,
    leaderId: cast.leader?.trackId ?? null,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `grown` says that there is more of the history.
  const chapters = useMemo(
    () => placedChapters(replay.recordingId, null, () => history.chapters),
    [replay.recordingId, history, grown],
  );
  const fileAddress = (documentId: string, file: string) => coursewarePath(replay.lessonId, documentId, file);
  const barSpans = (spans: Parameters<typeof onBar>[0]) => onBar(spans, replay.recordingId, null);
  return (
    <div className={styles.page}>
      <div ref={player} className={styles.player} data-theme="stage">
        <header className={styles.top}>
          <Link to="/" className={styles.back}>
            <IconArrowLeft size={measure.icon} aria-hidden="true" />
            {t('common.back')}
          </Link>
          <h1 className={styles.title} title={subject.title}>
            <span className={styles.subject}>{subject.subject}</span> {subject.title}
          </h1>
          <StageChips history={history} timeMs={timeMs} />
        </header>
        <ReplayStage
          engine={engine}
          snapshot={snapshot}
          cast={cast}
          tracks={replay.tracks}
          picture={picture}
          board={<ReplayBoard board={history.board} engine={engine} fileAddress={fileAddress} />}
          live={replay.live}
          epochMs={replay.epochMs}
          resumedAtMs={resumed && startAtMs !== 'live' ? startAtMs : null}
          onFullscreen={toggleFullscreen}
        />
        <CaptionStrip captions={captions} timeMs={shownMs} />
        <ControlBar
          engine={engine}
          snapshot={snapshot}
          live={replay.live}
          seekBar={
            <SeekBar
              timeMs={shownMs}
              durationMs={shownDurationMs}
              chapters={chapters}
              gaps={cast.leader ? barSpans(holesOf(cast.leader)) : []}
              boards={barSpans(boardSpans)}
              thumbnails={null}
              lessonMsAt={(ms) => engine.momentAt(ms).ms}
              onSeek={(ms) => engine.seekShown(ms)}
            />
          }
          viewPicker={
            <ViewPicker
              view={view}
              onView={setView}
              tracks={pictures}
              board={hasBoard}
              shown={picture.sources}
            />
          }
          onFullscreen={toggleFullscreen}
          onPictureInPicture={pictureInPictureOf(player)}
          onHelp={() => setHelping(true)}
        >
          <CaptionField captions={captions} />
        </ControlBar>
      </div>
      <aside className={styles.panel}>
        <SidePanels
          subject={subject}
          replay={replay}
          history={history}
          chapters={chapters}
          engine={engine}
          timeMs={timeMs}
          shownMs={shownMs}
          placeOf={(ms) => engine.shownAt(ms)}
          onSeek={(ms) => engine.seek(ms)}
        />
      </aside>
      {helping && <HelpSheet onClose={() => setHelping(false)} />}
    </div>
  );
}

/** Who watches at one and a half once does so the next time. */
function useRememberedRate(engine: ReturnType<typeof useReplayEngine>['engine'], rate: number): void {
  useEffect(() => engine.setRate(rememberedRate()), [engine]);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else rememberRate(rate);
  }, [rate]);
}

/** The largest picture in a small window above all others; null where the browser has none. */
function pictureInPictureOf(player: { readonly current: HTMLElement | null }): (() => void) | null {
  if (!document.pictureInPictureEnabled) return null;
  return () => {
    const videos = [...(player.current?.querySelectorAll<HTMLVideoElement>('[data-place] video') ?? [])];
    const areaOf = ({ clientWidth, clientHeight }: HTMLVideoElement) => clientWidth * clientHeight;
    const [largest] = videos.sort((a, b) => areaOf(b) - areaOf(a));
    const done = document.pictureInPictureElement
      ? document.exitPictureInPicture()
      : largest?.requestPictureInPicture();
    // Refused before anything is loaded, or by a policy: the page stays as it is.
    done?.catch(() => {});
  };
}
