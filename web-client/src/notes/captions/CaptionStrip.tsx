import { join } from '../../ui/class-names.ts';
import styles from './Captions.module.css';
import { CueText } from './CueText.tsx';
import { useCaptionChoice } from './choice.ts';
import { cuesAt } from './cue-search.ts';
import type { Captions } from './use-captions.ts';

/** More at once nobody reads. */
const MAX_SHOWN = 3;

/**
 * What is said now, below the pictures and never over them: nothing that was written is covered. It keeps its height
 * while captions are on, so that no picture moves when somebody begins to speak.
 * @param timeMs the subject's own time.
 */
export function CaptionStrip({ captions, timeMs }: { captions: Captions; timeMs: number }) {
  const { size } = useCaptionChoice();
  const { track, caption } = captions;
  if (!track) return null;
  return (
    <div className={join(styles.strip, styles[size])} lang={track.language} data-testid="caption">
      {cuesAt(caption?.cues ?? [], timeMs)
        .slice(0, MAX_SHOWN)
        .map((cue) => (
          <p key={`${cue.startMs} ${cue.endMs} ${cue.text}`} className={styles.spoken}>
            <CueText cue={cue} />
          </p>
        ))}
    </div>
  );
}
