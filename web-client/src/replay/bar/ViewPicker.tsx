import { IconLayoutGrid, IconMovie, IconPencil, IconUser } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReplayTrack } from '#protocol/rest.ts';
import { useDismiss } from '../../board/use-dismiss.ts';
import { measure } from '../../theme/tokens.ts';
import { join } from '../../ui/class-names.ts';
import { useTrackName } from '../use-track-name.ts';
import { BOARD, MAX_PICTURES, type View } from '../view.ts';
import styles from './ControlBar.module.css';

interface Props {
  view: View;
  onView: (view: View) => void;
  /** Pictures there are to choose from. */
  tracks: readonly ReplayTrack[];
  board: boolean;
  /** What is on the screen now. */
  shown: readonly string[];
}

/** The director's cut, any one picture, or up to six side by side; back to the cut with one touch. */
export function ViewPicker({ view, onView, tracks, board, shown }: Props) {
  const { t } = useTranslation();
  const nameOf = useTrackName();
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useDismiss(place, open, () => setOpen(false));
  const icon = { size: measure.icon, 'aria-hidden': true } as const;
  const own = view !== 'cut';
  const sources = [
    ...(board ? [{ source: BOARD, name: t('replay.board'), Icon: IconPencil }] : []),
    ...tracks.map((track) => ({ source: track.trackId, name: nameOf(track), Icon: IconUser })),
  ];
  const chosen = own ? view : [];
  const add = (source: string) => {
    const next = chosen.includes(source)
      ? chosen.filter((known) => known !== source)
      : [...(own ? chosen : shown.slice(0, 1)).filter((known) => known !== source), source].slice(
          -MAX_PICTURES,
        );
    onView(next.length > 0 ? next : 'cut');
  };
  return (
    <div ref={place} className={styles.picker}>
      {own && (
        <button type="button" className={styles.button} data-testid="view-cut" onClick={() => onView('cut')}>
          <IconMovie {...icon} />
          {t('replay.backToCut')}
        </button>
      )}
      <button
        type="button"
        className={styles.button}
        aria-haspopup="dialog"
        aria-expanded={open}
        data-testid="view-picker"
        onClick={() => setOpen(!open)}
      >
        <IconLayoutGrid {...icon} />
        {t('replay.layout')}
      </button>
      {open && (
        <div className={styles.sheet} role="dialog" aria-label={t('replay.layout')}>
          <button
            type="button"
            className={styles.choice}
            aria-pressed={!own}
            onClick={() => {
              onView('cut');
              setOpen(false);
            }}
          >
            <IconMovie {...icon} />
            <span>
              {t('replay.cut')}
              <small className={styles.detail}>{t('replay.cutHint')}</small>
            </span>
          </button>
          <ul>
            {sources.map(({ source, name, Icon }) => (
              <li key={source} className={styles.source}>
                <button
                  type="button"
                  className={styles.choice}
                  aria-pressed={own && chosen.length === 1 && chosen[0] === source}
                  data-testid={`view-${source}`}
                  data-role={tracks.find(({ trackId }) => trackId === source)?.role ?? BOARD}
                  onClick={() => {
                    onView([source]);
                    setOpen(false);
                  }}
                >
                  <Icon {...icon} />
                  <span>{name}</span>
                  {shown.includes(source) && <span className={styles.onNow}>{t('replay.onNow')}</span>}
                </button>
                <button
                  type="button"
                  className={join(styles.choice, styles.add)}
                  aria-pressed={chosen.includes(source)}
                  aria-label={t('replay.besideName', { name })}
                  data-testid={`beside-${source}`}
                  onClick={() => add(source)}
                >
                  {t(chosen.includes(source) ? 'replay.besideOn' : 'replay.beside')}
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
