import { useQuery } from '@tanstack/react-query';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Caption, Cue } from '#protocol/caption.ts';
import { ButtonLink } from '../../ui/Button.tsx';
import { duration } from '../../ui/time.ts';
import styles from '../Notes.module.css';
import { captionQuery, captionsQuery } from '../notes-api.ts';
import { CueText } from './CueText.tsx';
import { CAPTION_SIZES, chooseCaptions, useCaptionChoice } from './choice.ts';
import { findCues, indexAt } from './cue-search.ts';

/** A search for a single letter finds whole lessons. */
const MAX_FOUND = 200;

interface Props {
  path: string;
  /** The subject's own time, ms. */
  timeMs: number;
  onSeek: (ms: number) => void;
  /** Where captions are made; null for who may not. */
  editorPath: string | null;
}

/** All that is said, to be read, searched and gone to. */
export function CaptionsPanel({ path, timeMs, onSeek, editorPath }: Props) {
  const { t } = useTranslation();
  const { data: tracks } = useQuery(captionsQuery(path));
  const { language, size } = useCaptionChoice();
  const [read, setRead] = useState<string | null>(null);
  const track =
    tracks?.find((known) => known.language === (read ?? language)) ?? (tracks?.length ? tracks[0]! : null);
  const { data: caption } = useQuery({
    ...captionQuery(path, track ?? { language: '', version: 0 }),
    enabled: track !== null,
  });
  const edit = editorPath !== null && (
    <ButtonLink to={editorPath} className={styles.tool} data-testid="edit-captions">
      {t(tracks?.length ? 'captions.edit' : 'captions.add')}
    </ButtonLink>
  );
  if (!tracks) return null;
  if (!track)
    return (
      <div className={styles.empty}>
        <p>{t('captions.empty')}</p>
        {edit}
      </div>
    );
  return (
    <div className={styles.panel}>
      <div className={styles.tools}>
        <select
          className={styles.select}
          aria-label={t('captions.language')}
          value={track.language}
          onChange={({ target }) => {
            setRead(target.value);
            if (language !== null) chooseCaptions({ language: target.value });
          }}
        >
          {tracks.map((known) => (
            <option key={known.language} value={known.language}>
              {known.label}
            </option>
          ))}
        </select>
        <select
          className={styles.select}
          aria-label={t('captions.size')}
          value={size}
          onChange={({ target }) => chooseCaptions({ size: target.value as typeof size })}
        >
          {CAPTION_SIZES.map((one) => (
            <option key={one} value={one}>
              {t(`captions.sizes.${one}`)}
            </option>
          ))}
        </select>
        <a className={styles.link} href={`${path}/captions/${track.language}.vtt`} download>
          {t('captions.download')}
        </a>
        {edit}
      </div>
      {caption && <CueList caption={caption} timeMs={timeMs} onSeek={onSeek} />}
    </div>
  );
}

function CueList({ caption, timeMs, onSeek }: { caption: Caption } & Pick<Props, 'timeMs' | 'onSeek'>) {
  const { t } = useTranslation();
  const { cues, language } = caption;
  const [search, setSearch] = useState('');
  const found = useMemo(() => findCues(cues, search), [cues, search]);
  const searching = search.trim() !== '';
  const shown = searching ? found.slice(0, MAX_FOUND) : null;
  const current = indexAt(cues, timeMs);
  const list = useRef<HTMLOListElement>(null);
  useFollow(list, current, !searching);
  return (
    <>
      <input
        type="search"
        className={styles.search}
        placeholder={t('captions.search')}
        aria-label={t('captions.search')}
        data-testid="caption-search"
        value={search}
        onChange={({ target }) => setSearch(target.value)}
      />
      {searching && (
        <p className={styles.hint} role="status">
          {t('captions.found', { count: found.length })}
          {found.length > MAX_FOUND && t('captions.foundMore', { count: MAX_FOUND })}
        </p>
      )}
      <ol ref={list} lang={language} data-testid="cues">
        {(shown ?? [...cues.keys()]).map((index) => (
          <CueLine key={index} cue={cues[index]!} current={index === current} onSeek={onSeek} />
        ))}
      </ol>
    </>
  );
}

const CueLine = memo(({ cue, current, onSeek }: { cue: Cue; current: boolean } & Pick<Props, 'onSeek'>) => (
  <li className={styles.cue}>
    <button type="button" className={styles.item} aria-current={current} onClick={() => onSeek(cue.startMs)}>
      <span className={styles.at}>{duration(cue.startMs)}</span>
      <span className={styles.said}>
        <CueText cue={cue} />
      </span>
    </button>
  </li>
));

/** Keeps what is said now in view, but not under the hand of somebody who reads elsewhere in the list. */
function useFollow(list: { current: HTMLOListElement | null }, current: number, follows: boolean): void {
  useEffect(() => {
    const scroller = list.current?.closest('[role=tabpanel]');
    const line = follows ? list.current?.children[current] : null;
    if (!scroller || !line || scroller.matches(':hover') || scroller.contains(document.activeElement)) return;
    const { top, height } = line.getBoundingClientRect();
    const frame = scroller.getBoundingClientRect();
    scroller.scrollBy({ top: top - frame.top - (frame.height - height) / 2 });
  }, [list, current, follows]);
}
