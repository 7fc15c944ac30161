import {
  IconArrowBackUp,
  IconLayoutColumns,
  IconLayoutGrid,
  IconPictureInPicture,
  IconSquare,
  IconTrash,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { hide, liveCut, removeShot, unhide } from '#protocol/edit-shots.ts';
import type { Layout, Shot } from '#protocol/programme.ts';
import { BOARD } from '../../replay/view.ts';
import { measure } from '../../theme/tokens.ts';
import { duration } from '../../ui/time.ts';
import type { Edit } from '../state/use-edit.ts';
import type { Source } from '../state/use-sources.ts';
import { ToolButton } from '../ToolButton.tsx';
import type { Cutting } from '../use-cutting.ts';
import { usePictureName } from '../use-picture-name.ts';
import styles from './Panel.module.css';

const LAYOUTS: readonly { layout: Layout; icon: typeof IconSquare }[] = [
  { layout: 'single', icon: IconSquare },
  { layout: 'pip', icon: IconPictureInPicture },
  { layout: 'side', icon: IconLayoutColumns },
  { layout: 'grid', icon: IconLayoutGrid },
];

interface Props {
  edit: Edit;
  source: Source;
  /** The cut in force. */
  shots: readonly Shot[];
  cutting: Cutting;
  timeMs: number;
  readOnly: boolean;
}

/** The director's cut made anew, and pictures that nobody is to see. */
export function CutPanel({ edit, source, shots, cutting, timeMs, readOnly }: Props) {
  const { t } = useTranslation();
  const nameOf = usePictureName(source);
  const { programme, apply } = edit;
  const { hiddenTrackIds } = programme;
  const { layout, chosen, shot } = cutting;
  const choices = [...source.pictures.map(({ trackId }) => trackId), ...(source.hasBoard ? [BOARD] : [])];
  const isFirst = shot === shots.find(({ recordingId }) => recordingId === source.recordingId);
  return (
    <div className={styles.panel}>
      <section className={styles.section}>
        <h2 className={styles.title}>{t('editor.cut.title', { at: duration(timeMs) })}</h2>
        <div className={styles.layouts}>
          {LAYOUTS.map(({ layout: one, icon: Icon }) => (
            <button
              key={one}
              type="button"
              className={styles.layout}
              aria-pressed={layout === one}
              data-testid={`layout-${one}`}
              disabled={readOnly || (one !== 'single' && choices.length < 2)}
              onClick={() => cutting.setLayout(one)}
            >
              <Icon size={measure.iconLarge} aria-hidden="true" />
              {t(`editor.cut.layout.${one}`)}
            </button>
          ))}
        </div>
        <p className={styles.hint}>{t(`editor.cut.how.${layout}`)}</p>
        {choices.map((picture, index) => {
          const place = chosen.indexOf(picture);
          return (
            <button
              key={picture}
              type="button"
              className={styles.choice}
              aria-pressed={place >= 0}
              data-testid={`cut-to-${index + 1}`}
              disabled={readOnly || hiddenTrackIds.includes(picture)}
              onClick={() => cutting.choose(picture)}
            >
              <kbd className={styles.key}>{picture === BOARD ? 'B' : index + 1}</kbd>
              <span className={styles.choiceName}>{nameOf(picture)}</span>
              {place >= 0 && layout !== 'single' && (
                <span>{t('editor.cut.place', { number: place + 1 })}</span>
              )}
            </button>
          );
        })}
        <div className={styles.buttons}>
          {shot && (
            <ToolButton
              icon={IconTrash}
              word={t('editor.cut.remove')}
              disabled={readOnly || isFirst}
              onClick={() => apply((now) => removeShot(now, shots, shot))}
            />
          )}
          <ToolButton
            icon={IconArrowBackUp}
            word={t('editor.cut.live')}
            data-testid="live-cut"
            disabled={readOnly || programme.shots === null}
            onClick={() => apply(liveCut)}
          />
        </div>
      </section>
      <section className={styles.section}>
        <h2 className={styles.title}>{t('editor.hide.title')}</h2>
        <p className={styles.hint}>{t('editor.hide.why')}</p>
        {source.replay.tracks.map(({ trackId }) => {
          const isHidden = hiddenTrackIds.includes(trackId);
          return (
            <label key={trackId} className={styles.check}>
              <input
                type="checkbox"
                checked={isHidden}
                disabled={readOnly}
                data-testid={`hide-${trackId}`}
                onChange={() => apply((now) => (isHidden ? unhide(now, trackId) : hide(now, trackId)))}
              />
              {t('editor.hide.feed', { name: nameOf(trackId) })}
            </label>
          );
        })}
      </section>
    </div>
  );
}
