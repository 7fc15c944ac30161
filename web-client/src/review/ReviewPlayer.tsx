import { useQuery } from '@tanstack/react-query';
import { type RefObject, useImperativeHandle, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#protocol/ids.ts';
import type { Replay } from '#protocol/rest.ts';
import { shotAt } from '#protocol/shots.ts';
import { resourceReplayQuery } from '../api/resource-queries.ts';
import { useFullscreen } from '../classroom/use-fullscreen.ts';
import { CaptionField } from '../notes/captions/CaptionField.tsx';
import { CaptionStrip } from '../notes/captions/CaptionStrip.tsx';
import { useCaptions } from '../notes/captions/use-captions.ts';
import { ControlBar } from '../replay/bar/ControlBar.tsx';
import { SeekBar } from '../replay/bar/SeekBar.tsx';
import { ViewPicker } from '../replay/bar/ViewPicker.tsx';
import { ReplayBoard } from '../replay/board/ReplayBoard.tsx';
import { useFileAddress } from '../replay/board/use-file-address.ts';
import { castOf, openingOf } from '../replay/cast.ts';
import { HelpSheet } from '../replay/HelpSheet.tsx';
import { useHistories } from '../replay/history/use-histories.ts';
import { placedChapters } from '../replay/placed-chapters.ts';
import { ReplayStage } from '../replay/ReplayStage.tsx';
import { recordingOf } from '../replay/recordings.ts';
import { useReplayEngine } from '../replay/use-replay-engine.ts';
import { pictureOf, type View } from '../replay/view.ts';
import { Waiting } from '../ui/Waiting.tsx';
import styles from './Review.module.css';

/** What the page beside the player asks of it. All times are of what is shown, ms. */
export interface PlayerHandle {
  seek(ms: number): void;
  now(): number;
}

interface Props {
  resourceId: Id;
  handle: RefObject<PlayerHandle | null>;
}

/** The resource as its viewers will see it, any picture of it by choice, without a page of its own. */
export function ReviewPlayer({ resourceId, handle }: Props) {
  const { t } = useTranslation();
  const { data, error } = useQuery(resourceReplayQuery(resourceId));
  if (data?.tracks.some(({ spans }) => spans.length > 0)) {
    // Another programme is another player.
    const key = JSON.stringify([data.clips, data.tracks.map(({ trackId }) => trackId)]);
    return <Playing key={key} resourceId={resourceId} replay={data} handle={handle} />;
  }
  return data || error ? <p className={styles.quiet}>{t('review.noPicture')}</p> : <Waiting />;
}

function Playing({ resourceId, replay, handle }: Props & { replay: Replay }) {
  const player = useRef<HTMLDivElement>(null);
  const { toggle: toggleFullscreen } = useFullscreen(player);
  const { engine, snapshot } = useReplayEngine(replay, replay.clips ? 0 : openingOf(replay));
  const { shownMs, shownDurationMs, timeMs, recordingId } = snapshot;
  const [view, setView] = useState<View>('cut');
  const [helping, setHelping] = useState(false);
  const captions = useCaptions(`/api/resources/${resourceId}`);
  const recording = recordingOf(replay, recordingId);
  const histories = useHistories(replay);
  const history = histories.get(recordingId);
  const fileAddress = useFileAddress(recording.courseware);
  useImperativeHandle(handle, () => ({
    seek: (ms) => {
      engine.seekShown(ms);
      player.current?.scrollIntoView({ block: 'nearest' });
    },
    now: () => engine.getSnapshot().shownMs,
  }));
  const cast = castOf(recording);
  const pictures = recording.tracks.filter(({ kind }) => kind === 'video');
  const hasBoard = (history?.board.shownSpans(recording.durationMs).length ?? 0) > 0;
  const shots = replay.shots ?? history?.shots ?? [];
  const picture = pictureOf(view, shotAt([...shots], recordingId, timeMs), {
    trackIds: pictures.map(({ trackId }) => trackId),
    board: hasBoard,
    leaderId: cast.leader?.trackId ?? null,
  });
  return (
    <div ref={player} className={styles.player} data-theme="stage" data-testid="review-player">
      <div className={styles.picture}>
        <ReplayStage
          engine={engine}
          snapshot={snapshot}
          cast={cast}
          tracks={recording.tracks}
          picture={picture}
          board={
            history && (
              <ReplayBoard
                key={recordingId}
                board={history.board}
                engine={engine}
                fileAddress={fileAddress}
              />
            )
          }
          live={false}
          epochMs={recording.epochMs}
          resumedAtMs={null}
          onFullscreen={toggleFullscreen}
        />
      </div>
      <CaptionStrip captions={captions} timeMs={shownMs} />
      <ControlBar
        engine={engine}
        snapshot={snapshot}
        live={false}
        seekBar={
          <SeekBar
            timeMs={shownMs}
            durationMs={shownDurationMs}
            chapters={placedChapters(
              replay.recordingId,
              replay.clips,
              (id) => histories.get(id)?.chapters ?? [],
            )}
            gaps={[]}
            boards={[]}
            previewAt={(ms) => {
              const moment = engine.momentAt(ms);
              return { thumbnails: recordingOf(replay, moment.recordingId).thumbnails, lessonMs: moment.ms };
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
        onPictureInPicture={null}
        onHelp={() => setHelping(true)}
      >
        <CaptionField captions={captions} />
      </ControlBar>
      {helping && <HelpSheet onClose={() => setHelping(false)} />}
    </div>
  );
}
