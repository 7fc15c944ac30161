import { useTranslation } from 'react-i18next';
import { castOf } from '../../replay/cast.ts';
import type { Source } from '../state/use-sources.ts';
import styles from './Strip.module.css';

interface Props {
  source: Source;
  at: (ms: number) => string;
  widthPx: number;
}

/** For orientation: where there is a picture, where voices are, where a screen or the board was shown. */
export function PictureLane({ source, at }: Props) {
  const { t } = useTranslation();
  const { leader, seconds, voices } = castOf(source.replay);
  const rows = [
    { key: 'leader', look: styles.spanLeader, tracks: leader ? [leader] : [] },
    { key: 'second', look: styles.spanSecond, tracks: seconds },
    { key: 'voice', look: styles.spanVoice, tracks: voices },
  ];
  return (
    <div className={styles.pictures} role="img" aria-label={t('editor.strip.pictures')}>
      {rows.map(({ key, look, tracks }) => (
        <div key={key} className={styles.spans}>
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
