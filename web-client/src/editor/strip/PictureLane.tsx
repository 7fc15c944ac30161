import { useTranslation } from 'react-i18next';
import type { Thumbnails } from '#protocol/rest.ts';
import { castOf } from '../../replay/cast.ts';
import { join } from '../../ui/class-names.ts';
import type { Source } from '../state/use-sources.ts';
import styles from './Strip.module.css';

interface Props {
  source: Source;
  at: (ms: number) => string;
  widthPx: number;
}

/** For orientation: where there is a picture, where voices are, where a screen or the board was shown. */
export function PictureLane({ source, at, widthPx }: Props) {
  const { t } = useTranslation();
  const { thumbnails } = source.replay;
  const { leader, seconds, voices } = castOf(source.replay);
  const rows = [
    { key: 'leader', look: styles.spanLeader, tracks: leader ? [leader] : [] },
    { key: 'second', look: styles.spanSecond, tracks: seconds },
    { key: 'voice', look: styles.spanVoice, tracks: voices },
  ];
  return (
    <div className={styles.pictures} role="img" aria-label={t('editor.strip.pictures')}>
      {thumbnails &&
        thumbsOf(thumbnails, source.durationMs, widthPx).map(({ ms, name }) => (
          <img
            key={ms}
            className={styles.thumb}
            src={thumbnails.base + name}
            alt=""
            style={{ left: at(ms) }}
            draggable={false}
          />
        ))}
      {rows.map(({ key, look, tracks }) => (
        <div key={key} className={join(styles.spans, thumbnails && styles.under)}>
          {tracks.flatMap(({ trackId, spans }) =>
            spans.map(({ fromMs, toMs }) => (
              <span
                key={`${trackId}-${fromMs}`}
                className={look}
                style={{ left: at(fromMs), width: at(toMs - fromMs) }}
              />
            )),
          )}
        </div>
      ))}
    </div>
  );
}

/** As wide as a picture is in the lane, px. */
const THUMB_PX = 78;

/** As many pictures as stand beside each other, in order of time. */
function thumbsOf({ everyMs, names }: Thumbnails, durationMs: number, widthPx: number) {
  const count = Math.max(1, Math.ceil(widthPx / THUMB_PX));
  return Array.from({ length: count }, (_, index) => {
    const ms = (index * THUMB_PX * durationMs) / Math.max(1, widthPx);
    return { ms, name: names[Math.min(names.length - 1, Math.round(ms / everyMs))] ?? null };
  }).filter(({ name }) => name !== null);
}
