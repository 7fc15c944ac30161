import { IconPlayerRecordFilled } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { Lesson } from '#protocol/domain.ts';
import { BarButton } from '../classroom/BarButton.tsx';
import type { PageErrorCode } from '../i18n/errors.ts';
import type { LessonSession, LessonSnapshot } from '../lesson/session.ts';
import sheet from '../presenter/Sheet.module.css';
import { Sheet } from '../presenter/Sheet.tsx';
import { useSecondWindow } from '../remote/use-second-window.ts';
import type { Act } from '../steering/use-act.ts';
import { Button } from '../ui/Button.tsx';
import { deferred } from '../ui/deferred.tsx';
import { Waiting } from '../ui/Waiting.tsx';
import styles from './RecordPanel.module.css';
import { RecordPanel } from './RecordPanel.tsx';
import { moodOf } from './recorded.ts';

const Desk = deferred(
  async () => (await import('./Desk.tsx')).Desk,
  () => <Waiting page="stage" />,
);

interface Props {
  lesson: Lesson;
  session: LessonSession;
  snapshot: LessonSnapshot;
  /** Server's wall ms. */
  now: number;
  act: Act;
  onError: (code: PageErrorCode | null) => void;
}

/** The teacher's hand on the recording; the whole desk opens in a window of its own, beside the console. */
export function RecordMenu({ lesson, session, snapshot, now, act, onError }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const desk = useSecondWindow(`${t('desk.title')} · ${lesson.title}`);
  useEffect(() => {
    // Its styles must be there before its window is: that takes over those of this page.
    if (open) Desk.preload().catch(() => {});
  }, [open]);
  const mood = moodOf(snapshot.live, false);
  const toggle = async () => {
    if (desk.second) return desk.close();
    await Desk.preload();
    onError((await desk.open()) ? null : 'WINDOW_BLOCKED');
    setOpen(false);
  };
  return (
    <div className={sheet.anchor}>
      <BarButton
        icon={IconPlayerRecordFilled}
        word={t('desk.panel')}
        look={mood === 'held' || mood === 'trouble' ? 'off' : 'plain'}
        aria-expanded={open}
        data-testid="record-menu"
        onClick={() => setOpen(!open)}
      />
      {open && (
        <Sheet title={t('desk.panel')} end onClose={() => setOpen(false)}>
          <RecordPanel snapshot={snapshot} now={now} act={act} onError={onError} />
          <Button className={styles.openDesk} data-testid="open-desk" onClick={() => void toggle()}>
            {t(desk.second ? 'desk.closeWindow' : 'desk.openWindow')}
          </Button>
        </Sheet>
      )}
      {desk.second &&
        createPortal(
          <Desk lesson={lesson} session={session} snapshot={snapshot} onLeave={null} />,
          desk.second.document.body,
        )}
    </div>
  );
}
