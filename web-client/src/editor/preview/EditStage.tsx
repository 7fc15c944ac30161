import { IconEyeOff } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Id } from '#protocol/ids.ts';
import type { Shot } from '#protocol/programme.ts';
import { ReplayBoard } from '../../replay/board/ReplayBoard.tsx';
import { castOf, separateVoices } from '../../replay/cast.ts';
import { TrackAudio, TrackVideo } from '../../replay/TrackMedia.tsx';
import { BOARD } from '../../replay/view.ts';
import { measure } from '../../theme/tokens.ts';
import { join } from '../../ui/class-names.ts';
import type { Source } from '../state/use-sources.ts';
import { usePictureName } from '../use-picture-name.ts';
import styles from './EditStage.module.css';
import { onAir } from './picture.ts';
import type { Preview } from './use-deck.ts';

interface Props {
  preview: Preview;
  source: Source;
  /** What the cut shows now. */
  shot: Shot | null;
  hidden: readonly Id[];
  /** Whether the moment was cut out. */
  isOut: boolean;
  /** Cuts to a picture; null where a touch on one does nothing. */
  onCut: ((picture: string) => void) | null;
}

/** The finished picture, and below it all pictures to choose from. Each is loaded once and only moves. */
export function EditStage({ preview, source, shot, hidden, isOut, onCut }: Props) {
  const { t } = useTranslation();
  const nameOf = usePictureName(source);
  const place = useRef<HTMLDivElement>(null);
  const { deck, snapshot } = preview;
  const { engine } = deck;
  const cast = castOf(source.replay);
  const visible = source.replay.tracks.filter(({ trackId }) => !hidden.includes(trackId));
  const instead = castOf({ tracks: visible }).leader;
  const air = onAir(shot, hidden, instead?.kind === 'video' ? instead.trackId : null);
  const { pictures } = source;
  const voices = separateVoices(cast, snapshot.leaderHasSound);
  const choices = [...pictures.map(({ trackId }) => trackId), ...(source.hasBoard ? [BOARD] : [])];
  const leaderVoice = cast.voices.find(({ participantId }) => participantId === cast.leader?.participantId);
  const isVoiceHidden = leaderVoice !== undefined && hidden.includes(leaderVoice.trackId);
  const { muted } = snapshot;
  useEffect(() => {
    // The leading picture brings its voice along; hidden, it is not heard here either.
    const leader = place.current?.querySelector<HTMLVideoElement>('[data-leader] video');
    if (leader) leader.muted = muted || isVoiceHidden;
  }, [muted, isVoiceHidden]);
  const lookOf = (picture: string) => (air.has(picture) ? styles.large : styles.small);
  const styleOf = (picture: string) => {
    const at = air.get(picture);
    if (!at) return { '--slot': choices.indexOf(picture) } as React.CSSProperties;
    return { '--x': at.x, '--y': at.y, '--w': at.width, '--h': at.height } as React.CSSProperties;
  };
  return (
    <div ref={place} className={styles.stage} data-theme="stage" data-testid="edit-stage">
      {choices.map((picture, index) => {
        const isHidden = hidden.includes(picture);
        const onIt = air.has(picture);
        return (
          <button
            key={picture}
            type="button"
            className={join(styles.slot, onIt && styles.onAir)}
            style={{ '--slot': index } as React.CSSProperties}
            data-testid={`picture-${index + 1}`}
            disabled={!onCut || isHidden}
            aria-pressed={onIt}
            onClick={() => onCut?.(picture)}
          >
            <span className={styles.slotName}>
              {onCut && !isHidden && <kbd className={styles.key}>{picture === BOARD ? 'B' : index + 1}</kbd>}
              {isHidden && <IconEyeOff size={measure.icon} aria-hidden="true" />}
              <span className={styles.nameText}>{nameOf(picture)}</span>
            </span>
            {isHidden && <span className={styles.slotWord}>{t('editor.hide.absent')}</span>}
            {onIt && <span className={styles.slotWord}>{t('editor.preview.onAir')}</span>}
          </button>
        );
      })}
      {pictures.map((track) => {
        const isLeader = track === cast.leader;
        const absent = hidden.includes(track.trackId);
        return (
          <figure
            key={track.trackId}
            className={join(styles.cell, lookOf(track.trackId), absent && styles.absent)}
            style={styleOf(track.trackId)}
            data-leader={isLeader || undefined}
          >
            <TrackVideo
              engine={engine}
              playlist={track.playlist}
              label={nameOf(track.trackId)}
              leader={isLeader}
              className={styles.video}
              testId={isLeader ? 'edit-leader' : undefined}
            />
          </figure>
        );
      })}
      {source.hasBoard && (
        <figure className={join(styles.cell, lookOf(BOARD))} style={styleOf(BOARD)}>
          <ReplayBoard
            board={source.board}
            engine={engine}
            fileAddress={(documentId, file) => `${source.replay.courseware}${documentId}/${file}`}
          />
        </figure>
      )}
      {voices.map(({ trackId, playlist }) =>
        hidden.includes(trackId) ? null : <TrackAudio key={trackId} engine={engine} playlist={playlist} />,
      )}
      {air.size === 0 && <p className={styles.nothing}>{t('editor.preview.nothing')}</p>}
      {isOut && (
        <p className={styles.out} role="status">
          {t('editor.preview.out')}
        </p>
      )}
    </div>
  );
}
