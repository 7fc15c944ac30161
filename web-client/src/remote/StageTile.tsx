import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Picture } from '../classroom/lesson-view.ts';
import { PictureBox } from '../classroom/PictureBox.tsx';
import { join } from '../ui/class-names.ts';
import styles from './StageTile.module.css';

interface Props {
  name: string;
  presence: 'here' | 'away' | 'absent';
  picture: Picture | null;
  hold: boolean;
  /** What stands in the picture's place while there is none. */
  empty?: ReactNode;
  testId?: string;
}

/** A small picture of the big screen with a name that is read from the last row. */
export function StageTile({ name, presence, picture, hold, empty, testId }: Props) {
  const { t } = useTranslation();
  const word =
    presence === 'away' ? t('stage.away') : t(presence === 'absent' ? 'stage.absent' : 'stage.noPicture');
  return (
    <section className={styles.tile} data-testid={testId} data-presence={presence} aria-label={name}>
      <div className={styles.picture}>
        <PictureBox
          picture={picture}
          hold={hold || presence === 'away'}
          label={name}
          empty={empty ?? word}
          paused={t('stage.cameraOff')}
          cover
        />
      </div>
      <div className={styles.name}>
        <span className={join(styles.state, styles[presence])} />
        <span className={styles.word} title={name}>
          {name}
        </span>
      </div>
    </section>
  );
}
