import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Cue } from '#protocol/caption.ts';
import type { Replay } from '#protocol/rest.ts';
import { castOf, separateVoices } from '../../replay/cast.ts';
import { TrackAudio, TrackVideo } from '../../replay/TrackMedia.tsx';
import { measure } from '../../theme/tokens.ts';
import { Button } from '../../ui/Button.tsx';
import { duration } from '../../ui/time.ts';
import { CueText } from '../captions/CueText.tsx';
import { cuesAt } from '../captions/cue-search.ts';
import styles from './Editor.module.css';
import type { EditorPlayer } from './use-editor-player.ts';

const BACK_MS = 3_000;

interface Props {
  replay: Replay;
  player: EditorPlayer;
  cues: readonly Cue[];
  language: string;
}

/** What is seen and heard at the moment that is written at, with the captions as viewers will have them. */
export function EditorPicture({ replay, player, cues, language }: Props) {
  const { t } = useTranslation();
  const { engine, snapshot } = player;
  const { timeMs, playing, leaderHasSound } = snapshot;
  const cast = castOf(replay);
  const { leader } = cast;
  return (
    <div className={styles.picture} data-theme="stage">
      {leader && (
        <TrackVideo
          engine={engine}
          playlist={leader.playlist}
          label={t('captions.editor.picture')}
          leader
          className={styles.video}
          testId="editor-video"
        />
      )}
      {separateVoices(cast, leaderHasSound).map(({ trackId, playlist }) => (
        <TrackAudio key={trackId} engine={engine} playlist={playlist} />
      ))}
      <div className={styles.spoken} lang={language}>
        {cuesAt(cues, timeMs)
          .slice(0, 2)
          .map((cue) => (
            <p key={`${cue.startMs} ${cue.text}`}>
              <CueText cue={cue} />
            </p>
          ))}
      </div>
      <div className={styles.transport}>
        <Button kind="primary" data-testid="editor-play" onClick={player.toggle}>
          {playing ? (
            <IconPlayerPauseFilled size={measure.icon} aria-hidden="true" />
          ) : (
            <IconPlayerPlayFilled size={measure.icon} aria-hidden="true" />
          )}
          {t(playing ? 'replay.pause' : 'replay.play')}
        </Button>
        <Button onClick={() => engine.skip(-BACK_MS)}>
          {t('captions.editor.back', { seconds: BACK_MS / 1000 })}
        </Button>
        <input
          type="range"
          className={styles.seek}
          min={0}
          max={replay.durationMs}
          step={100}
          value={timeMs}
          aria-label={t('replay.seek')}
          aria-valuetext={duration(timeMs)}
          onChange={({ target }) => player.goTo(Number(target.value))}
        />
        <span className={styles.clock}>
          {t('replay.position', { at: duration(timeMs), total: duration(replay.durationMs) })}
        </span>
      </div>
    </div>
  );
}
