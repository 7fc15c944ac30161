import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { Picture, RoomSlot } from '../classroom/lesson-view.ts';
import { PictureBox } from '../classroom/PictureBox.tsx';
import styles from './SecondScreen.module.css';
import { StageTile } from './StageTile.tsx';

interface Props {
  target: Window;
  teacherName: string;
  /** The teacher's face while the first screen shows the board; null while it shows the face itself. */
  face: Picture | null;
  rooms: readonly RoomSlot[];
  hold: boolean;
}

/** The room's second display: the teacher's face beside the board, and the other rooms. */
export function SecondScreen({ target, teacherName, face, rooms, hold }: Props) {
  const { t } = useTranslation();
  return createPortal(
    <div className={styles.page} data-theme="stage" data-testid="second-screen">
      {face && (
        <main className={styles.main}>
          <PictureBox
            picture={face}
            hold={hold}
            label={teacherName}
            empty={t('stage.noPicture')}
            paused={t('stage.cameraOff')}
          />
          <p className={styles.name}>{teacherName}</p>
        </main>
      )}
      <div className={face ? styles.side : styles.grid}>
        {rooms.map((room) => (
          <StageTile
            key={room.accountId}
            name={room.name}
            presence={room.presence}
            picture={room.picture}
            hold={hold}
          />
        ))}
      </div>
    </div>,
    target.document.body,
  );
}
