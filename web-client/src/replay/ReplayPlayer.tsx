import { IconArrowLeft } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Replay } from '#protocol/rest.ts';
import { useAccount } from '../app/use-account.ts';
import { useFullscreen } from '../classroom/use-fullscreen.ts';
import { EditLink } from '../editor/EditLink.tsx';
import { ExportButton } from '../exports/ExportButton.tsx';
import { CaptionField } from '../notes/captions/CaptionField.tsx';
import { CaptionStrip } from '../notes/captions/CaptionStrip.tsx';
import { toggleCaptions, useCaptions } from '../notes/captions/use-captions.ts';
import { useProgressReports } from '../notes/progress/use-progress.ts';
import { subjectPath } from '../notes/subject-path.ts';
import { measure } from '../theme/tokens.ts';
import { ControlBar } from './bar/ControlBar.tsx';
import { SeekBar } from './bar/SeekBar.tsx';
import { ViewPicker } from './bar/ViewPicker.tsx';
import { ReplayBoard } from './board/ReplayBoard.tsx';
import { useFileAddress } from './board/use-file-address.ts';
import { HelpSheet } from './HelpSheet.tsx';
import { SidePanels } from './panels/SidePanels.tsx';
import { pictureInPictureOf } from './picture-in-picture.ts';
import styles from './ReplayPlayer.module.css';
import { ReplayStage } from './ReplayStage.tsx';
import { recordingOf } from './recordings.ts';
import { StageChips } from './StageChips.tsx';
import type { ReplaySubject } from './subject.ts';
import { useBack } from './use-back.ts';
import { useProgramme } from './use-programme.ts';
import { useRememberedRate } from './use-remembered-rate.ts';
import { useReplayEngine } from './use-replay-engine.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { useTrackName } from './use-track-name.ts';
import { BOARD, type View } from './view.ts';
import { Watermark } from './Watermark.tsx';

interface Props {
  subject: ReplaySubject;
  replay: Replay;
  /** On the time that is shown, ms. */
  startAtMs: number | 'live';
  /** Whether that is where this viewer stopped the last time. */
  resumed: boolean;
}

/** The dark player with what happened in the lesson beside it. */
export function ReplayPlayer({ subject, replay, startAtMs, resumed }: Props) {
  const { t } = useTranslation();
  const trackName = useTrackName();
  const { engine, snapshot } = useReplayEngine(replay, startAtMs);
  const { timeMs, shownMs, shownDurationMs, rate, recordingId } = snapshot;
  const [view, setView] = useState<View>('cut');
  const programme = useProgramme(replay, snapshot, view);
  const { recording, history, cast, pictures, hasBoard, picture, chapters } = programme;
  const { live } = recording;
  const fileAddress = useFileAddress(recording.courseware);
  const signedIn = useAccount().state === 'known';
  const back = useBack();
  const player = useRef<HTMLDivElement>(null);
  const { toggle: toggleFullscreen } = useFullscreen(player);
  const [helping, setHelping] = useState(false);
  useRememberedRate(engine, rate);
  const notesPath = subjectPath(subject);
  const captions = useCaptions(notesPath);
  useProgressReports(live || !signedIn ? null : notesPath, engine.getSnapshot);
  useShortcuts(engine, {
    onFullscreen: toggleFullscreen,
    onBoard: () => hasBoard && setView(view === 'cut' ? [BOARD] : 'cut'),
    onCaptions: () => toggleCaptions(captions.tracks),
    onHelp: () => setHelping(true),
  });
  return (
    <div className={styles.page}>
      <div ref={player} className={styles.player} data-theme="stage">
        <header className={styles.top}>
          <button type="button" className={styles.back} onClick={back}>
            <IconArrowLeft size={measure.icon} aria-hidden="true" />
            {t('common.back')}
          </button>
          <h1 className={styles.title} title={subject.title}>
            <span className={styles.subject}>{subject.subject}</span> {subject.title}
          </h1>
          <StageChips history={history} timeMs={timeMs} />
          {subject.lesson && <EditLink lesson={subject.lesson} />}
          {subject.mayExport && (
            <ExportButton
              className={styles.export}
              of={
                subject.resourceId === null ? { lessonId: subject.key } : { resourceId: subject.resourceId }
              }
              feeds={pictures.map((track) => ({ trackId: track.trackId, name: trackName(track) }))}
            />
          )}
        </header>
        <ReplayStage
          engine={engine}
          snapshot={snapshot}
          cast={cast}
          tracks={recording.tracks}
          picture={picture}
          board={
            <ReplayBoard key={recordingId} board={history.board} engine={engine} fileAddress={fileAddress} />
          }
          live={live}
          epochMs={recording.epochMs}
          resumedAtMs={resumed && startAtMs !== 'live' ? startAtMs : null}
          onFullscreen={toggleFullscreen}
        >
          {replay.watermark !== null && <Watermark words={replay.watermark} />}
        </ReplayStage>
        <CaptionStrip captions={captions} timeMs={shownMs} />
        <ControlBar
          engine={engine}
          snapshot={snapshot}
          live={live}
          seekBar={
            <SeekBar
              timeMs={shownMs}
              durationMs={shownDurationMs}
              chapters={chapters}
              gaps={programme.gaps}
              boards={programme.boards}
              previewAt={(ms) => {
                const moment = engine.momentAt(ms);
                const { thumbnails } = recordingOf(replay, moment.recordingId);
                return { thumbnails, lessonMs: moment.ms };
              }}
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
          signedIn={signedIn}
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
