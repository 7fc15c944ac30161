import { useTranslation } from 'react-i18next';
import type { TakenShot } from '#protocol/directing.ts';
import { PictureBox } from '../classroom/PictureBox.tsx';
import type { LessonSession, LessonSnapshot } from '../lesson/session.ts';
import { join } from '../ui/class-names.ts';
import { BOARD, sourcesOf } from './arrange.ts';
import { BoardPicture } from './place.tsx';
import styles from './ShotView.module.css';
import { feedPicture } from './sources.ts';

interface Props {
  session: LessonSession;
  snapshot: LessonSnapshot;
  shot: TakenShot;
  hold: boolean;
}

/** The programme monitor: what the recording shows at this moment. */
export function ShotView({ session, snapshot, shot, hold }: Props) {
  const { t } = useTranslation();
  const sources = sourcesOf(shot);
  return (
    <div className={join(styles.shot, styles[shot.layout])} data-testid="programme" data-layout={shot.layout}>
      {sources.length === 0 && <p className={styles.nothing}>{t('desk.nothing')}</p>}
      {sources.map((source) => (
        <div key={source} className={styles.place} data-source={source}>
          {source === BOARD ? (
            <BoardPicture session={session} snapshot={snapshot} />
          ) : (
            <PictureBox
              picture={feedPicture(snapshot, source)}
              hold={hold}
              label={t('desk.programme')}
              empty={t('desk.empty')}
              paused={t('stage.cameraOff')}
            />
          )}
        </div>
      ))}
    </div>
  );
}
