import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Lesson } from '#protocol/domain.ts';
import type { LiveState } from '#protocol/live-state.ts';
import { POLICIES } from '#protocol/policy.ts';
import type { Participant } from '#protocol/timeline.ts';
import { AskPanel } from '../asking/AskPanel.tsx';
import { ChatPanel } from '../chat/ChatPanel.tsx';
import type { ChatTab } from '../chat/chat-lines.ts';
import { useUnread } from '../chat/use-unread.ts';
import { LessonNotes } from '../classroom/lesson-notes.tsx';
import type { Picture, RoomSlot } from '../classroom/lesson-view.ts';
import { PictureBox } from '../classroom/PictureBox.tsx';
import { RoomTile } from '../classroom/RoomTile.tsx';
import { HandQueue } from '../steering/HandQueue.tsx';
import type { Act } from '../steering/use-act.ts';
import styles from './PresenterConsole.module.css';
import { SideTabs } from './SideTabs.tsx';

interface Props {
  lesson: Lesson;
  live: LiveState;
  /** The teacher. */
  me: Participant | null;
  rooms: readonly RoomSlot[];
  /** The teacher's own picture while something else is large; null otherwise. */
  face: Picture | null;
  hold: boolean;
  /** Server's wall ms. */
  now: number;
  act: Act;
  onOpenRoom: (accountId: string) => void;
}

/** Who is here and what they want, beside the large picture. */
export function ConsoleSide({ lesson, live, me, rooms, face, hold, now, act, onOpenRoom }: Props) {
  const { t } = useTranslation();
  const [tab, setTab] = useState('rooms');
  const [chatTab, setChatTab] = useState<ChatTab>('class');
  const ownId = me?.participantId ?? null;
  const unread = useUnread(live.chat, ownId, tab === 'chat' ? chatTab : null);
  // More rooms than these are let in, and the teacher is told.
  const { comfortableRooms } = POLICIES[lesson.mode];
  const here = rooms.filter(({ presence }) => presence === 'here').length;
  return (
    <aside className={styles.side}>
      {face && (
        <div className={styles.small}>
          <div className={styles.smallPicture}>
            <PictureBox
              picture={face}
              label={t('stage.myCamera')}
              empty={t('stage.noPicture')}
              paused={t('stage.cameraOff')}
            />
          </div>
          <p className={styles.smallCaption}>{t('stage.myCamera')}</p>
        </div>
      )}
      {me && (
        <div className={styles.missing} aria-live="polite">
          <LessonNotes lesson={lesson} me={me} className={styles.note} />
        </div>
      )}
      <HandQueue live={live} act={act} />
      <SideTabs
        label={t('presenter.side')}
        onShow={setTab}
        tabs={[
          {
            key: 'rooms',
            word: t('presenter.roomsHere', { here, all: rooms.length }),
            waiting: 0,
            panel: (
              <section className={styles.rooms}>
                {comfortableRooms !== null && here > comfortableRooms && (
                  <p className={styles.tooMany}>{t('steering.tooMany', { count: here })}</p>
                )}
                {rooms.map((room) => (
                  <RoomTile
                    key={room.accountId}
                    room={room}
                    hold={hold}
                    live={live}
                    now={now}
                    onOpen={room.participantId ? () => onOpenRoom(room.accountId) : undefined}
                  />
                ))}
              </section>
            ),
          },
          {
            key: 'ask',
            word: t('asking.title'),
            waiting: 0,
            panel: <AskPanel lesson={lesson} live={live} act={act} />,
          },
          {
            key: 'chat',
            word: t('chat.title'),
            waiting: unread.total,
            panel: (
              <ChatPanel
                live={live}
                ownId={ownId}
                unread={unread}
                tab={chatTab}
                onTab={setChatTab}
                act={act}
              />
            ),
          },
        ]}
      />
    </aside>
  );
}
